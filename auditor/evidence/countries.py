"""Countries for which sending data is no transfer outside the European Economic Area."""

EEA = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT"),
        *("LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),  # the Union
        *("IS", "LI", "NO"),  # with the Union: the EEA
        "EU",
    }
)
