var klaroConfig = {
  version: 1,
  elementID: "klaro",
  storageMethod: "cookie",
  cookieName: "klaro",
  cookieExpiresAfterDays: 365,
  default: false,
  mustConsent: false,
  acceptAll: true,
  hideDeclineAll: false,
  lang: "nl",
  translations: {
    nl: {
      privacyPolicyUrl: "/privacyverklaring",
      "google-analytics": { description: "Telt hoe vaak onze bladzijden worden bekeken." },
      purposes: { analytics: { title: "Statistiek" } }
    }
  },
  services: [
    { name: "google-analytics", title: "Google Analytics", purposes: ["analytics"], cookies: [/^_ga/] }
  ]
};
