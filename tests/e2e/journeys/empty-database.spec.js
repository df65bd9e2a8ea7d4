// Nothing but imported people at first: everything a citizen and a caseworker can do is done through the screens.
import fs from 'node:fs';
import ICAL from 'ical.js';
import { choose, expectSaved, fillDate, fillTime, inDays, longDate } from '../fixtures/filling.js';
import { expect, test } from '../fixtures/test.js';

const DAY_HOURS = 24;

const GOAL = 'Jeg vil gerne have et job, hvor jeg er ude.';
const TOPIC = 'Kan jeg få et par gode sko til arbejdet?';
const OTHER_TOPIC = 'Hvem er min kontakt, når I holder ferie?';
const PURPOSE = 'Vi finder et sted, hvor du kan prøve at arbejde ude.';
const OTHER_PURPOSE = 'Vi taler kort om, hvordan ugen er gået.';
const NEXT_PURPOSE = 'Vi ser på, hvordan de første dage er gået.';
const EFFORT = 'Praktik hos en gartner';
const EFFORT_PURPOSE = 'Du prøver arbejdet af i dit eget tempo.';
const DUTY = 'Bliver du væk uden at sige det, kan du få færre penge. Ring først.';
const HER_STEP = 'Skrive ned, hvilke dage du kan';
const OWN_STEP = 'Gå en tur i skoven hver dag';
const PROMISE = 'Køre med dig ud til gartneren';
const REASON = 'Jeg har ondt i ryggen lige nu.';
const DISAGREEMENT = 'Jeg vil hellere begynde om en måned.';
const SITUATION = 'Jeg bor med min kat. Jeg sover bedst om formiddagen.';
const STRENGTH = 'Jeg kan alt om planter.';
const MOVED_TO = inDays(8);

test.use({ importing: 'tests/e2e/people.json' });

test('from an empty database to a shared plan, through the screens alone', async ({ as, server }) => {
  test.setTimeout(600_000);
  const vera = await as('Vera Winther');
  const birthe = await as('Birthe Lund');
  const samir = await as('Samir Aziz');

  await test.step('nothing is there yet, and each page says what will come', async () => {
    await vera.visit('/');
    await expect(vera.page.getByRole('heading', { name: 'Du har ingen møder lige nu' })).toBeVisible();
    await vera.follow(menu(vera, 'Møder'));
    await expect(vera.page.getByRole('link', { name: 'Skriv et mål' })).toBeVisible();
    await vera.follow(menu(vera, 'Min plan'));
    await expect(vera.page.getByRole('heading', { name: 'Din plan er tom lige nu' })).toBeVisible();
    await expect(vera.page.getByRole('region', { name: 'De er med i planen' }).getByText('Samir Aziz')).toBeVisible();
    await vera.follow('Se, hvad der er sket');
    await birthe.visit('/medarbejder/');
    await expect(birthe.page.getByRole('heading', { name: 'Du har ingen møder foran dig' })).toBeVisible();
  });

  await test.step('Vera writes a goal without a meeting, with help, and it stands in her plan at once', async () => {
    await vera.visit('/plan');
    await vera.follow('Skriv et mål');
    await vera.page.getByLabel('Hvad vil du gerne opnå?').fill(GOAL);
    await vera.page.getByText('Skriv mere om det').first().click();
    await vera.page.getByLabel('Hvorfor er det vigtigt for dig?').fill('Jeg bliver glad af luft og jord.');
    await vera.page.getByLabel('Hvad kan være et lille første skridt?').fill('Tale med en gartner.');
    await choose(vera.page, 'Hvad handler det mest om?', 'Job og uddannelse');
    await vera.page.getByLabel('Skrevet med hjælp fra en anden').check();
    await vera.page.getByLabel('Hvem har hjulpet dig?').fill('min bror');
    await expectSaved(vera.page, 1);
    await send(vera);
    await expect(vera.page.getByText('Dine mål står nu i din plan med dine egne ord.')).toBeVisible();
    await vera.follow('Se din plan');
    const goal = vera.page.getByRole('region', { name: GOAL });
    await expect(goal.getByText('Skrevet med hjælp fra min bror.')).toBeVisible();
    await expect(goal.getByText('Ikke åbnet endnu.')).toBeVisible();
  });

  await test.step('Birthe finds her among her own citizens', async () => {
    const search = birthe.page.getByRole('searchbox', { name: 'Søg blandt dine borgere' });
    await search.fill('vera');
    await birthe.press('Søg');
    await expect(birthe.page.getByRole('heading', { name: '1 borger fundet' })).toBeVisible();
    await search.fill('Kong Lear');
    await birthe.press('Søg');
    await expect(birthe.page.getByText('Ingen af dine borgere hedder det.')).toBeVisible();
    await birthe.press('Vis alle dine møder');
    await expect(birthe.page.getByRole('link', { name: 'Otto Krag' })).toBeVisible();
    await birthe.follow('Vera Winther');
  });

  await test.step('a meeting cannot be arranged without its purpose', async () => {
    await birthe.follow('Aftal et møde');
    await birthe.press('Aftal mødet');
    const summary = birthe.page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
    await expect(summary.getByRole('link', { name: 'Skriv dag, måned og år.' })).toBeVisible();
  });

  await test.step('Birthe arranges three meetings: with people, an agenda, and how to get in', async () => {
    const { page } = birthe;
    await page.getByLabel('Hvorfor mødes I?').fill(PURPOSE);
    await fillDate(page, 'Dato', inDays(6));
    await fillTime(page, 'Klokken', '10', '15');
    await page.getByLabel('Minutter').fill('30');
    await page.getByLabel('Sted, nummer eller link').fill('Torvegade 1, lokale 4');
    await choose(page, 'Område', 'Job og uddannelse');
    await person(birthe, 1, 'Birthe Lund', 'Hun leder mødet.');
    await person(birthe, 2, 'Samir Aziz', 'Han kender din hverdag.');
    const third = await person(birthe, 3, 'En anden', 'Hun har et sted, du kan prøve.');
    await third.getByLabel('Navn').fill('Rosa Kvist');
    await third.getByLabel('Rolle').fill('gartner');
    await item(birthe, 'Hvordan har du det?');
    await item(birthe, 'To steder, du kan prøve');
    await page.getByLabel('Sådan kommer man ind').fill('Indgang B. Der er elevator.');
    await page.getByLabel('Hvem tager imod?').fill('Birthe henter dig.');
    await page.getByLabel('Det er godt at have med').fill('Din kalender');
    await page.getByLabel('Ring hertil ved afbud').fill('00 10 20 41');
    await birthe.press('Aftal mødet');
    await expect(page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
    await birthe.look();
    await arrange(birthe, OTHER_PURPOSE, inDays(4), 'Telefon', '00 10 20 45');
    await arrange(birthe, NEXT_PURPOSE, inDays(40), 'Video', 'https://video.example/vera');
  });

  await test.step('Vera sees the meeting: why, when, who, where, and what to bring', async () => {
    await vera.visit('/');
    const news = vera.page.getByRole('region', { name: 'Nyt, siden du var her sidst' });
    await expect(news.getByText(/^Birthe Lund satte mødet/)).toHaveCount(3);
    await vera.follow(menu(vera, 'Møder'));
    await vera.follow(vera.page.getByRole('link', { name: PURPOSE }));
    await expect(vera.page.getByText(`${longDate(inDays(6))} kl.\u00a010.15`).first()).toBeVisible();
    for (const words of ['30 minutter', 'Torvegade 1, lokale 4', 'Indgang B. Der er elevator.', 'Birthe henter dig.', 'Din kalender']) {
      await expect(vera.page.getByText(words, { exact: true })).toBeVisible();
    }
    const people = vera.page.getByRole('region', { name: 'Hvem kommer' });
    const rosa = people.getByRole('listitem').filter({ hasText: 'Rosa Kvist' });
    await expect(rosa.getByText('Ny for dig')).toBeVisible();
    await expect(rosa).toContainText('Hun har et sted, du kan prøve.');
    await expect(vera.page.getByRole('region', { name: 'Du må tage en med' })).toBeVisible();
    await expect(vera.page.getByRole('region', { name: 'Kan du ikke komme?' }).getByRole('link', { name: '00 10 20 41' })).toBeVisible();
    await expect(vera.page.getByText('Det officielle brev om mødet ligger i Digital Post.')).toBeVisible();
  });

  await test.step('the calendar file tells when and where, and nothing about why', async () => {
    const coming = vera.page.waitForEvent('download');
    await vera.page.getByRole('link', { name: 'Læg mødet i din kalender' }).click();
    const text = fs.readFileSync(await (await coming).path(), 'utf8');
    const [found] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    const event = new ICAL.Event(found);
    expect(event.summary).toBe('Møde med kommunen');
    expect(event.location).toBe('Torvegade 1, lokale 4');
    const start = event.startDate.toJSDate();
    const clock = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', hour: '2-digit', minute: '2-digit' });
    expect(clock.format(start)).toBe('10.15');
    expect(event.duration.toSeconds()).toBe(30 * 60);
    expect(text).not.toContain(PURPOSE.slice(0, 20));
  });

  await test.step('Vera sends two topics, one with the help of a beginning, and takes one back', async () => {
    await vera.follow('Forbered mødet');
    await vera.page.getByRole('button', { name: 'Jeg vil gerne vide, hvorfor' }).click();
    const topic = vera.page.getByLabel('Hvad vil du tale om eller spørge om?');
    await expect(topic).toBeFocused();
    await expect(topic).toHaveValue('Jeg vil gerne vide, hvorfor ');
    await topic.fill(TOPIC);
    await vera.press('Skriv en ting mere');
    await vera.page.getByLabel('Hvad vil du også tale om?').fill(OTHER_TOPIC);
    await expectSaved(vera.page, 2);
    await send(vera);
    await vera.follow('Se, hvad du har sendt');
    const sent = vera.page.getByRole('region', { name: 'Det har du sendt', exact: true });
    await sent.getByRole('button', { name: 'Træk det tilbage' }).last().click();
    await vera.page.getByRole('dialog').getByRole('button', { name: 'Træk det tilbage' }).click();
    await expect(sent.getByText(/^Trukket tilbage den/)).toBeVisible();
    await vera.look();
  });

  await test.step('Birthe puts the topic first, moves the meeting, and cancels the other', async () => {
    await openMeeting(birthe, PURPOSE);
    await expect(birthe.page.getByRole('region', { name: 'Nyt fra borgeren' }).getByText(TOPIC)).toBeVisible();
    await expect(birthe.page.getByText(OTHER_TOPIC)).toHaveCount(0);
    await birthe.follow('Ret mødet');
    const agenda = birthe.page.getByRole('region', { name: 'Dagsorden' });
    await agenda.getByRole('button', { name: 'Sæt på dagsordenen' }).click();
    const place = (number) => agenda.getByRole('group', { name: `Punkt ${number} af 3` });
    await place(3).getByRole('button', { name: 'Flyt op' }).click();
    await place(2).getByRole('button', { name: 'Flyt op' }).click();
    await expect(agenda.getByRole('listitem').first()).toContainText(TOPIC);
    await fillDate(birthe.page, 'Dato', MOVED_TO);
    await birthe.press('Gem ændringen');
    await expect(birthe.page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
    await openMeeting(birthe, OTHER_PURPOSE);
    await birthe.follow('Aflys mødet');
    await birthe.press('Aflys mødet');
    await expect(birthe.page.getByRole('alert').getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
    await birthe.page.getByLabel('Hvorfor aflyser du?').fill('Jeg er på kursus den dag.');
    await birthe.follow(birthe.page.getByRole('button', { name: 'Aflys mødet' }));
    await expect(birthe.page.getByRole('heading', { name: 'Mødet er aflyst' }).first()).toBeVisible();
  });

  await test.step('Vera sees what was before and what is now', async () => {
    await vera.visit('/moeder');
    await vera.follow(vera.page.getByRole('link', { name: PURPOSE }));
    await expect(vera.page.getByRole('heading', { name: 'Mødet er flyttet' })).toBeVisible();
    const notice = vera.page.getByRole('status').filter({ hasText: 'Mødet er flyttet' });
    await expect(notice).toContainText(longDate(inDays(6)));
    await expect(notice).toContainText(longDate(MOVED_TO));
    const first = vera.page.getByRole('region', { name: 'Det taler vi om' }).getByRole('listitem').first();
    await expect(first).toContainText(TOPIC);
    await expect(first.getByText('Foreslået af dig')).toBeVisible();
    await vera.follow(vera.page.getByRole('link', { name: 'Møder', exact: true }).last());
    await vera.follow(vera.page.getByRole('link', { name: OTHER_PURPOSE }));
    await expect(vera.page.getByText('Hvorfor: Jeg er på kursus den dag.', { exact: false })).toBeVisible();
  });

  await test.step('an effort cannot be saved without a purpose and the goal it serves', async () => {
    await birthe.follow('Se planen');
    await birthe.follow('Sæt en indsats i gang');
    await choose(birthe.page, 'Hvilket mål tjener den?', 'Vælg et mål');
    await birthe.page.getByLabel('Hvad er indsatsen?').fill(EFFORT);
    await birthe.press('Gem indsatsen');
    const summary = birthe.page.getByRole('alert');
    await expect(summary.getByRole('link', { name: 'Vælg noget her.' })).toHaveCount(2);
    await expect(summary.getByRole('link', { name: 'Skriv noget her.' })).toHaveCount(1);
    await choose(birthe.page, 'Hvilket mål tjener den?', GOAL);
    await birthe.page.getByLabel('Hvad er den god for?').fill(EFFORT_PURPOSE);
    await birthe.page.getByRole('radio', { name: 'Et krav' }).check();
    await birthe.page.getByLabel('Hvad sker der, hvis man ikke er med?').fill(DUTY);
    await choose(birthe.page, 'Hvem har ansvaret?', 'Samir Aziz');
    await fillDate(birthe.page, 'Fra', inDays(3));
    await birthe.follow(birthe.page.getByRole('button', { name: 'Gem indsatsen' }));
    await expect(birthe.page.getByRole('region', { name: EFFORT }).last().getByText(EFFORT_PURPOSE)).toBeVisible();
    await addStep(birthe, HER_STEP, 'Vera Winther');
    await addStep(birthe, PROMISE, 'Samir Aziz');
  });

  await test.step('Vera adds a step, says that one cannot be done yet, comments and disagrees', async () => {
    await vera.follow(menu(vera, 'Min plan'));
    const effort = vera.page.getByRole('region', { name: EFFORT });
    await expect(effort.getByText(EFFORT_PURPOSE)).toBeVisible();
    await expect(effort.getByText(DUTY)).toBeVisible();
    await vera.press('Tilføj et skridt');
    await vera.page.getByLabel('Hvad vil du gøre?').fill(OWN_STEP);
    await choose(vera.page, 'Hvilket mål hører det til?', GOAL);
    await vera.page.getByRole('form', { name: 'Dit skridt' }).getByRole('button', { name: 'Gem' }).click();
    const own = vera.page.getByRole('listitem').filter({ hasText: OWN_STEP });
    await own.getByRole('button', { name: 'Det er gjort' }).click();
    await expect(own.getByText('Gjort', { exact: true })).toBeVisible();
    const step = vera.page.getByRole('listitem').filter({ hasText: HER_STEP });
    await step.getByRole('button', { name: 'Fortæl, hvordan det går' }).click();
    await step.getByRole('radio', { name: 'Kan ikke gøres endnu' }).check();
    await step.getByRole('button', { name: 'Gem' }).click();
    await expect(step.getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
    await step.getByLabel('Hvorfor?').fill(REASON);
    await step.getByRole('button', { name: 'Gem' }).click();
    await expect(step.getByText(`Fordi: ${REASON}`)).toBeVisible();
    await say(vera, step, 'Skriv en kommentar', 'Din kommentar', 'Kan I ringe om formiddagen?');
    const beside = effort.getByRole('group', { name: `Kommentarer til: ${EFFORT}` });
    await say(vera, beside, 'Jeg er ikke enig', 'Hvad er du ikke enig i?', DISAGREEMENT);
    await expect(beside.getByText('Kommunen ser på, om det er en klage.')).toBeVisible();
    await expect(beside.getByText(/^Du kan klage inden 4 uger/)).toBeVisible();
    await expect(vera.page.getByRole('region', { name: GOAL }).getByText('1 af 3 skridt')).toBeVisible();
    await vera.look();
  });

  await test.step('the plan fits on one A4 page', async () => {
    const paper = await vera.page.pdf({ preferCSSPageSize: true });
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    await vera.page.emulateMedia({ media: 'print' });
    await expect(vera.page.getByText(OWN_STEP, { exact: true })).toBeVisible();
    await expect(vera.page.getByRole('button', { name: 'Udskriv planen' })).toBeHidden();
    await vera.page.emulateMedia({ media: null });
  });

  await test.step('Vera tells about herself, and chooses what others can read', async () => {
    await vera.follow(menu(vera, 'Mig'));
    await vera.page.getByLabel('Hvad vil du gerne kaldes?').fill('Ve');
    await vera.page.getByRole('radio', { name: 'Ring til mig' }).check();
    await vera.page.getByLabel('Er der noget, vi bør vide').fill('Ring om formiddagen.');
    await vera.page.getByLabel('Min situation nu (').fill(SITUATION);
    await vera.page.getByLabel('Del “Min situation nu”').check();
    await vera.page.getByLabel('Det er jeg god til (').fill(STRENGTH);
    await vera.press('Gem');
    await expect(vera.page.getByText(/^Modtaget kl\./)).toBeVisible();
    await vera.look();
  });

  await test.step('the language changes, and the page stays', async () => {
    await vera.follow(menu(vera, 'Min plan'));
    await vera.page.getByRole('button', { name: 'English' }).click();
    await expect(vera.page.getByRole('heading', { level: 1, name: 'My plan' })).toBeVisible();
    await expect(vera.page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(vera.page).toHaveURL(/\/plan$/);
    await vera.look();
    await vera.page.getByRole('button', { name: 'Dansk' }).click();
    await expect(vera.page.getByRole('heading', { level: 1, name: 'Min plan' })).toBeVisible();
    await vera.follow(menu(vera, 'Hjælp'));
    await expect(vera.page.getByText('Hvad betyder “Åbnet af”?')).toBeVisible();
    await vera.follow(vera.page.getByRole('contentinfo').getByRole('link', { name: 'Tilgængelighed' }));
  });

  await test.step('Birthe reads what is new in one place, and says whether it is a complaint', async () => {
    await openMeeting(birthe, PURPOSE);
    await expect(birthe.page.getByRole('heading', { level: 1, name: 'Ve' })).toBeVisible();
    await expect(birthe.page.getByText('Ring · Ring om formiddagen.')).toBeVisible();
    await expect(birthe.page.getByText(SITUATION)).toBeVisible();
    await expect(birthe.page.getByText(STRENGTH)).toHaveCount(0);
    await expect(birthe.page.getByRole('region', { name: 'Nyt fra borgeren' }).getByText('Kan I ringe om formiddagen?')).toBeVisible();
    await expect(birthe.page.getByRole('region', { name: 'Det har vi lovet' }).getByText(PROMISE)).toBeVisible();
    const question = birthe.page.getByRole('region', { name: 'Er det en klage?' });
    await expect(question.getByText(DISAGREEMENT)).toBeVisible();
    await question.getByRole('button', { name: 'Nej, jeg har spurgt borgeren' }).click();
    await expect(question.getByText('Du har svaret, at det ikke er en klage.')).toBeVisible();
  });

  await test.step('Samir begins what he promised, and answers', async () => {
    await samir.visit('/medarbejder/');
    await samir.follow(samir.page.getByRole('region', { name: 'Dine borgere' }).getByRole('link', { name: 'Ve' }));
    await samir.follow('Se planen');
    const step = samir.page.getByRole('listitem').filter({ hasText: PROMISE });
    await step.getByRole('button', { name: 'Fortæl, hvordan det går' }).click();
    await step.getByRole('radio', { name: 'I gang' }).check();
    await step.getByRole('button', { name: 'Gem' }).click();
    await expect(step.getByText('I gang', { exact: true })).toBeVisible();
    const hers = samir.page.getByRole('listitem').filter({ hasText: HER_STEP });
    await say(samir, hers, 'Skriv en kommentar', 'Din kommentar', 'Ja. Vi ringer kl. 10.');
    await expect(hers.getByRole('button', { name: 'Ret din tekst' })).toHaveCount(1);
    await samir.look();
  });

  await test.step('after the meeting each item gets what came of it', async () => {
    await server.later(10 * DAY_HOURS);
    await birthe.visit('/medarbejder/');
    const waiting = birthe.page.getByRole('region', { name: 'Referater, der venter' });
    await birthe.follow(waiting.getByRole('link').filter({ hasText: PURPOSE }));
    await outcome(birthe, 1, 'Vi svarede', 'Svaret', 'Ja. Birthe sender et gavekort til sko.');
    await outcome(birthe, 2, 'Det hører til et andet sted', 'Hvem kan hjælpe?', 'Din læge. Ring og bestil en tid.');
    await outcome(birthe, 3, 'Vi tager det senere', 'Et par ord om det', 'Rosa finder ét sted mere.');
    await choose(birthe.page, 'På hvilket møde?', NEXT_PURPOSE);
    await birthe.page.getByLabel('Kort om mødet').fill('Du begynder hos Rosa på mandag.');
    await birthe.press('Gem kladde');
    await expect(birthe.page.getByText(/^Modtaget kl\./)).toBeVisible();
    await birthe.visit('/medarbejder/');
    await expect(waiting.getByText('Kladde, ikke delt')).toBeVisible();
    await birthe.follow(waiting.getByRole('link').filter({ hasText: PURPOSE }));
    await birthe.press('Del med borgeren');
    await birthe.page.getByRole('dialog').getByRole('button', { name: 'Ja, del det' }).click();
    await expect(birthe.page.getByRole('heading', { name: 'Referatet er delt' })).toBeVisible();
    await birthe.follow('Mødet');
    await birthe.follow('Se planen');
    await birthe.follow('Ret indsatsen');
    await birthe.page.getByLabel('Indsatsen er slut').check();
    await birthe.follow(birthe.page.getByRole('button', { name: 'Gem indsatsen' }));
  });

  await test.step('Vera reads the answers, sees who is late, and finds it all in the history', async () => {
    await vera.visit('/');
    await expect(vera.page.getByRole('heading', { level: 1, name: 'Hej Ve' })).toBeVisible();
    const promised = vera.page.getByRole('region', { name: 'Det har kommunen lovet dig' });
    await expect(promised.getByText('Vi er forsinket')).toBeVisible();
    await vera.follow(menu(vera, 'Møder'));
    await vera.follow(vera.page.getByRole('link', { name: PURPOSE }));
    await expect(vera.page.getByText('Ja. Birthe sender et gavekort til sko.')).toBeVisible();
    await expect(vera.page.getByText('Din læge. Ring og bestil en tid.')).toBeVisible();
    await expect(vera.page.getByRole('link', { name: 'Se det møde' })).toBeVisible();
    const minutes = vera.page.getByRole('region', { name: 'Referat af mødet' });
    await say(vera, minutes, 'Skriv en kommentar', 'Din kommentar', 'Det passer godt.');
    await vera.follow(menu(vera, 'Min plan'));
    await expect(vera.page.getByText('Kommunen har forstået det sådan, at det ikke er en klage. Er det forkert, så ring til os.')).toBeVisible();
    await expect(vera.page.getByText('Det er slut nu')).toBeVisible();
    await vera.follow('Se, hvad der er sket');
    for (const words of [
      `Du sendte målet “${GOAL}”`,
      `Birthe Lund satte indsatsen “${EFFORT}” i gang.`,
      `Samir Aziz ændrede skridtet “${PROMISE}” fra “Ikke begyndt” til “I gang”.`,
      `Birthe Lund sluttede indsatsen “${EFFORT}”.`,
      'Du ændrede siden “Om mig”.',
      'Birthe Lund aflyste mødet',
    ]) {
      await expect(vera.page.getByText(words, { exact: false }).first()).toBeVisible();
    }
  });
});

function menu(person, name) {
  return person.page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name, exact: true });
}

async function send(vera) {
  await vera.follow(vera.page.getByRole('button', { name: 'Se det igennem' }));
  await vera.follow(vera.page.getByRole('button', { name: 'Send', exact: true }));
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible();
}

async function person(birthe, number, who, why) {
  await birthe.press('Tilføj en person');
  const row = birthe.page.getByRole('group', { name: `Person ${number}`, exact: true });
  await choose(row, 'Hvem', who);
  await row.getByLabel('Hvorfor kommer personen?').fill(why);
  return row;
}

async function item(birthe, words) {
  await birthe.press('Tilføj et punkt');
  await birthe.page.getByLabel('Punkt', { exact: true }).last().fill(words);
}

async function arrange(birthe, purpose, date, form, place) {
  await birthe.follow('Til borgerens side');
  await birthe.follow('Aftal et møde');
  await birthe.page.getByLabel('Hvorfor mødes I?').fill(purpose);
  await fillDate(birthe.page, 'Dato', date);
  await fillTime(birthe.page, 'Klokken', '9', '00');
  await birthe.page.getByRole('radio', { name: form }).check();
  await birthe.page.getByLabel('Sted, nummer eller link').fill(place);
  await birthe.press('Aftal mødet');
  await expect(birthe.page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
}

async function openMeeting(birthe, purpose) {
  await birthe.visit('/medarbejder/');
  await birthe.follow(birthe.page.getByRole('link').filter({ hasText: purpose }));
}

async function addStep(birthe, words, who) {
  const form = birthe.page.getByRole('form', { name: 'Tilføj et skridt' });
  await form.getByLabel('Hvad er skridtet?').fill(words);
  await choose(form, 'Hvem gør det?', who);
  await fillDate(form, 'Hvornår senest?', inDays(5));
  await choose(form, 'Hvilket mål hører det til?', EFFORT);
  await form.getByRole('button', { name: 'Læg i planen' }).click();
  await expect(birthe.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
}

async function say(person, scope, button, label, words) {
  await scope.getByRole('button', { name: button }).last().click();
  await scope.getByRole('textbox', { name: label }).fill(words);
  await scope.getByRole('button', { name: 'Send' }).click();
  await expect(scope.getByText(words, { exact: true })).toBeVisible();
  await person.page.waitForLoadState('networkidle');
}

async function outcome(birthe, number, kind, label, words) {
  const row = birthe.page.getByRole('listitem').filter({ has: birthe.page.getByRole('group', { name: `Punkt ${number}:` }) });
  await row.getByRole('radio', { name: kind }).check();
  await row.getByLabel(label).fill(words);
}
