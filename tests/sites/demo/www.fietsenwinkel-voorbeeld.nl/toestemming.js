CookieConsent.run({
  categories: {
    necessary: { enabled: true, readOnly: true },
    analytics: { autoClear: { cookies: [{ name: /^_ga/ }] } },
    marketing: {}
  },
  language: {
    default: "nl",
    translations: {
      nl: {
        consentModal: {
          title: "Wij gebruiken cookies",
          description: "Met uw toestemming meten wij hoe onze winkel wordt bezocht en laten wij u passende aanbiedingen zien.",
          acceptAllBtn: "Alles accepteren",
          acceptNecessaryBtn: "Alles weigeren",
          showPreferencesBtn: "Voorkeuren instellen",
          footer: '<a href="/privacy">Privacy- en cookieverklaring</a>'
        },
        preferencesModal: {
          title: "Uw voorkeuren",
          acceptAllBtn: "Alles accepteren",
          acceptNecessaryBtn: "Alles weigeren",
          savePreferencesBtn: "Keuze bewaren",
          closeIconLabel: "Sluiten",
          sections: [
            { title: "Noodzakelijk", description: "Nodig om de winkelmand te laten werken.", linkedCategory: "necessary" },
            { title: "Statistiek", description: "Hoe vaak welke bladzijde wordt bekeken.", linkedCategory: "analytics" },
            { title: "Marketing", description: "Aanbiedingen die bij u passen.", linkedCategory: "marketing" }
          ]
        }
      }
    }
  }
});
