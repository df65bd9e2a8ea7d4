//! What invented citizens are called, want and do.

use contract::Area;

pub(super) const ROLES: &[(&str, &str, Area)] = &[
    ("rådgiver", "Job og Uddannelse", Area::Employment),
    ("bostøtte", "Støtte i Hverdagen", Area::Social),
    ("sygeplejerske", "Sundhed og Trivsel", Area::Health),
    ("boligrådgiver", "Bolig", Area::Housing),
    ("virksomhedskonsulent", "Job og Uddannelse", Area::Employment),
    ("gældsrådgiver", "Økonomi og Gæld", Area::Economy),
];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Agnes", "Ahmed", "Alma", "Anders", "Astrid", "Aya", "Birgit", "Bjørn", "Camilla", "Dennis", "Elif", "Emil",
    "Erik", "Fatima", "Freja", "Hanne", "Henrik", "Ibrahim", "Inger", "Jakob", "Josefine", "Karen", "Kasper", "Lars",
    "Leila", "Mads", "Maja", "Marie", "Mikkel", "Mona", "Niels", "Nour", "Ole", "Rasmus", "Rikke", "Samir", "Signe",
    "Søren", "Thea", "Tove", "Ulla", "Viggo", "Yusuf", "Zahra", "Åse",
];

pub(super) const LAST_NAMES: &[&str] = &[
    "Agerskov",
    "Bakkegård",
    "Birkholm",
    "Bjergsted",
    "Brogård",
    "Dalgård",
    "Egelund",
    "Engholm",
    "Fjordbo",
    "Frydendal",
    "Granly",
    "Havgård",
    "Hedelund",
    "Kildegård",
    "Klitgård",
    "Lindely",
    "Lyngby",
    "Mosegård",
    "Nøddebo",
    "Overgård",
    "Plantevang",
    "Rosenhøj",
    "Sandager",
    "Skovly",
    "Strandby",
    "Søgård",
    "Toftegård",
    "Vestervang",
    "Ågård",
    "Østerby",
];

pub(super) const GOALS: &[&str] = &[
    "Jeg vil gerne arbejde med dyr.",
    "Jeg vil have et job, hvor jeg kan være hjemme, når børnene kommer fra skole.",
    "Jeg vil sove bedre, så jeg kan klare en hel dag.",
    "Jeg vil lære mere dansk, så jeg selv kan ringe til lægen.",
    "Jeg vil have styr på mine regninger.",
    "Jeg vil finde en bolig, hvor jeg kan blive boende.",
    "Jeg vil gå en tur hver dag og få flere kræfter.",
    "Jeg vil begynde på en uddannelse til sommer.",
    "Jeg vil møde andre mennesker en gang om ugen.",
];

pub(super) const PURPOSES: &[&str] = &[
    "Vi følger op på din plan og finder det næste skridt sammen.",
    "Vi taler om, hvordan praktikken går, og hvad du gerne vil bagefter.",
    "Vi ser på, hvad du har brug for, så hverdagen bliver lettere.",
    "Vi finder ud af, hvilken hjælp der passer til dig lige nu.",
    "Vi taler om dit mål og om, hvem der kan hjælpe.",
];

pub(super) const ITEMS: &[&str] = &[
    "Hvordan har du det, siden vi sås sidst?",
    "Hvad er gået godt?",
    "Hvad er det næste skridt?",
    "Praktik: hvad passer til dig?",
    "Har du brug for mere støtte derhjemme?",
    "Dine egne spørgsmål",
];

pub(super) const TOPICS: &[&str] = &[
    "Kan jeg få lov at arbejde færre timer i starten?",
    "Hvad sker der, når min praktik slutter?",
    "Kan I hjælpe med at ringe til min læge?",
    "Jeg vil gerne tale om, hvordan jeg kommer frem og tilbage.",
    "Hvem ringer jeg til, når du har ferie?",
];

pub(super) const EFFORTS: &[(&str, &str)] = &[
    ("Praktik i en butik", "Du prøver et job i dit eget tempo, så du ved, hvad der passer til dig."),
    ("Støtte i hjemmet", "En bostøtte kommer en gang om ugen, så hverdagen bliver lettere."),
    ("Samtaler med en sygeplejerske", "I finder ud af, hvad der giver dig kræfter."),
    ("Hjælp til økonomi", "Du får overblik over dine regninger, så du kan sove om natten."),
    ("Kursus i dansk", "Du lærer at tale og læse mere dansk, så flere døre åbner sig."),
];

pub(super) const STEPS: &[&str] = &[
    "Ringe til min læge",
    "Skrive ned, hvad jeg er god til",
    "Besøge en arbejdsplads",
    "Gå en tur tre gange om ugen",
    "Samle mine regninger i en mappe",
    "Skrive mig op til en bolig",
];

pub(super) const PROMISES: &[&str] = &[
    "Ringe til en arbejdsplads og spørge om praktik",
    "Sende papirerne om støtte",
    "Bestille en tolk til næste møde",
    "Finde en tid hos sygeplejersken",
    "Svare på spørgsmålet om timer",
];

pub(super) const SUMMARIES: &[&str] = &[
    "Vi talte om ugen, der gik. Du er kommet godt i gang. Næste gang ser vi på praktik.",
    "Du fortalte, at du sover bedre. Vi blev enige om at tage ét skridt ad gangen.",
    "Vi gennemgik din plan. Du vil gerne prøve et job med dyr. Vi undersøger, hvad der er muligt.",
];

pub(super) const STRENGTHS: &[&str] = &[
    "Jeg er god til at lytte og til at få ting til at gro.",
    "Jeg er stædig på den gode måde og kommer til tiden.",
    "Jeg kan lave mad til mange og tale tre sprog.",
    "Jeg er god med hænderne og kan reparere cykler.",
];
