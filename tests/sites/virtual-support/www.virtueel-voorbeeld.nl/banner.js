CookieConsent.run({
  guiOptions: { consentModal: { layout: "bar inline", position: "bottom" } },
  categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
  language: {
    default: "nl",
    translations: {
      nl: {
        consentModal: {
          title: "Cookies op deze website",
          description: "Deze website gebruikt functionele cookies. Met jouw toestemming worden ook andere cookies geplaatst.",
          acceptAllBtn: "Akkoord",
          acceptNecessaryBtn: "Nee, liever niet",
          showPreferencesBtn: "Zelf kiezen"
        },
        preferencesModal: {
          title: "Zelf kiezen",
          acceptAllBtn: "Akkoord met alles",
          acceptNecessaryBtn: "Nee, liever niet",
          savePreferencesBtn: "Mijn keuze opslaan",
          closeIconLabel: "Sluiten",
          sections: [
            { title: "Functioneel", description: "Zonder deze cookies werkt de website niet.", linkedCategory: "necessary" },
            { title: "Statistiek", description: "Google Analytics.", linkedCategory: "analytics" }
          ]
        }
      }
    }
  }
});
