CookieConsent.run({
  guiOptions: { consentModal: { layout: "box", position: "middle center", equalWeightButtons: true } },
  categories: {
    noodzakelijk: { enabled: true, readOnly: true },
    statistiek: { autoClear: { cookies: [{ name: /^_ga/ }] } },
    marketing: { autoClear: { cookies: [{ name: "_fbp" }] } }
  },
  language: {
    default: "nl",
    translations: {
      nl: {
        consentModal: {
          title: "Mogen wij cookies plaatsen?",
          description: "Noodzakelijke cookies plaatsen wij altijd. Cookies voor statistiek en marketing plaatsen wij alleen als u dat goedvindt.",
          acceptAllBtn: "Accepteren",
          acceptNecessaryBtn: "Weigeren",
          showPreferencesBtn: "Instellingen",
          footer: '<a href="/privacyverklaring">Privacy- en cookieverklaring</a>'
        },
        preferencesModal: {
          title: "Cookievoorkeuren",
          acceptAllBtn: "Alles accepteren",
          acceptNecessaryBtn: "Alles weigeren",
          savePreferencesBtn: "Voorkeuren opslaan",
          closeIconLabel: "Sluiten",
          sections: [
            { title: "Noodzakelijk", description: "Voor het onthouden van uw sessie en uw keuze.", linkedCategory: "noodzakelijk" },
            { title: "Statistiek", description: "Google Analytics.", linkedCategory: "statistiek" },
            { title: "Marketing", description: "De Meta-pixel.", linkedCategory: "marketing" }
          ]
        }
      }
    }
  }
});
