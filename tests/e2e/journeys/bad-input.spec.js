import { citizenOf, nextMeeting, read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

const LONG = 'Hvad nu? '.repeat(1112).slice(0, 10_000);
/** Right to left, marks that turn the direction, emoji of several parts, and what would run if it were let. */
const STRANGE = 'שלום \u202eמחר\u202c 👩🏽‍🦽🇩🇰 <script>document.title="ran"</script><img src=x onerror="document.title=\'ran\'"> \'; DROP TABLE goal; -- {{ name }} 100 %';
const INVISIBLE = ' \u200b\t ';
const TOO_LONG = /Der er plads til \d+ tegn\. Du har skrevet 10000\./;
const SUMMARY = 'Ret det her, før du går videre';

const RECEIVED = /Modtaget kl\. \d\d\.\d\d\. Kvittering/;
const SAVED = /^Gemt kl\. \d\d\.\d\d$/;
const says = (person, words) => expect(person.page.getByText(words).first());
const press = (person, name) => person.page.getByRole('button', { name, exact: true }).click();
const box = (person, name) => person.page.getByRole('textbox', { name });

/** The summary names the fault and leads to the field; the field says it too, and still holds what was typed. */
async function expectFault(person, field, words, typed) {
  const link = person.page.getByRole('link', { name: words });
  const summary = person.page.getByRole('alert').filter({ hasText: SUMMARY }).filter({ has: link }).last();
  await expect(summary).toBeVisible();
  await expectFieldFault(field, words, typed);
  await summary.getByRole('link', { name: words }).first().click();
  await expect(person.page.locator(':focus')).toHaveAccessibleDescription(words);
}

async function expectFieldFault(field, words, typed) {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(words);
  if (typed !== undefined) await expect(field).toHaveValue(typed);
}

/** Nothing, blanks and far too much are refused at each field, with what was typed still there. */
async function expectRefused(person, fields, send) {
  const all = [fields].flat();
  for (const typed of ['', INVISIBLE]) {
    for (const field of all) await field.fill(typed);
    await send();
    for (const field of all) await expectFieldFault(field, /Skriv noget her\./, typed);
  }
  await expectTooLong(person, all, send);
}

/** Far too much is refused at each field, and stays there to be made shorter. */
async function expectTooLong(person, fields, send) {
  for (const field of fields) await field.fill(LONG);
  await send();
  for (const field of fields) await expectFieldFault(field, TOO_LONG, LONG);
  await expectFault(person, fields[0], TOO_LONG, LONG);
  await person.look();
}

/** The date is refused in words, with what was typed still there. */
async function expectNoSuchDate(person, group, [day, month, year], send) {
  await group.getByLabel('Dag').fill(day);
  await group.getByLabel('Måned').fill(month);
  await group.getByLabel('År').fill(year);
  await send();
  await expect(group, `${day} ${month} ${year}`).toHaveAccessibleDescription(/Datoen findes ikke/);
  await expect(group.getByLabel('Dag')).toHaveValue(day);
  await person.page.getByRole('alert').getByRole('link', { name: /Datoen findes ikke/ }).first().click();
  await expect(group.getByLabel('Dag')).toBeFocused();
}

async function expectNothingRan(person) {
  await expect(person.page).not.toHaveTitle('ran');
  expect(await person.page.locator('main script, main img[src="x"]').count(), 'no markup came of it').toBe(0);
}

test('goals and topics: what is wrong is told, and strange words stay as they are written', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(180_000);
  const kim = await as('Kim');
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  await kim.follow('Forbered mødet');
  const next = () => kim.press('Se det igennem');
  const goal = box(kim, 'Hvad vil du gerne opnå?');
  await next();
  await expectFault(kim, goal, /Skriv et mål eller en ting, du vil tale om\./);
  await goal.fill(LONG);
  await next();
  await expectFault(kim, goal, /Der er plads til 4000 tegn/, LONG);
  // A draft may be longer than what can be sent: it is kept all the same.
  await says(kim, SAVED).toBeVisible();
  await kim.page.reload();
  await expect(goal).toHaveValue(LONG);
  await kim.look();
  await goal.fill(LONG + LONG + LONG);
  await says(kim, 'Teksten er for lang til at blive gemt. Gør den kortere.').toBeVisible();
  await expect(goal).toHaveValue(LONG + LONG + LONG);

  await goal.fill(STRANGE);
  const topic = box(kim, 'Hvad vil du tale om eller spørge om?');
  await topic.fill(INVISIBLE);
  await kim.page.getByRole('checkbox', { name: 'Skrevet med hjælp fra en anden' }).first().check();
  await next();
  await expectFault(kim, box(kim, 'Hvem har hjulpet dig?').first(), /Skriv, hvem der har hjulpet dig/);
  await kim.page.getByText('Skriv mere om det').first().click();
  const more = [box(kim, 'Hvorfor er det vigtigt for dig?'), box(kim, 'Hvad kan være et lille første skridt?'), box(kim, 'Hvem har hjulpet dig?')];
  await expectTooLong(kim, more.map((field) => field.first()), next);
  for (const field of more) await field.first().fill('');
  await box(kim, 'Hvem har hjulpet dig?').first().fill('Min søster 👭');
  await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
  await says(kim, STRANGE).toBeVisible();
  await expectNothingRan(kim);
  await kim.follow(kim.page.getByRole('button', { name: 'Send', exact: true }));
  const { goals, topics } = await read(kim, `citizens/me/meetings/${id}/preparation`);
  expect(goals.map(({ text, helped_by: helper }) => [text, helper])).toEqual([[STRANGE, 'Min søster 👭']]);
  expect(topics, 'a topic of nothing but blanks is not sent').toEqual([]);
  await kim.visit('/plan');
  await says(kim, STRANGE).toBeVisible();
  await expectNothingRan(kim);
});

test('steps, comments and disagreements in the plan', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(180_000);
  const anna = await as('Anna');
  await anna.visit('/plan');
  const { page } = anna;
  await page.getByRole('button', { name: 'Tilføj et skridt' }).click();
  const save = () => press(anna, 'Gem');
  const title = box(anna, 'Hvad vil du gøre?');
  await expectRefused(anna, title, save);
  await title.fill('Gå en tur 🚶‍♀️');
  const date = page.getByRole('group', { name: /^Hvornår\?/ });
  const unknown = [['31', '2', '2027'], ['1', '13', '2027'], ['0', '1', '2027'], ['i', 'd', 'ag'], ['1', '', ''], ['-1', '1', '2027']];
  for (const parts of unknown) await expectNoSuchDate(anna, date, parts, save);
  await anna.look();
  await date.getByLabel('Dag').fill('29');
  await date.getByLabel('Måned').fill('2');
  await date.getByLabel('År').fill('2028');
  await save();
  await says(anna, RECEIVED).toBeVisible();
  const { steps } = await read(anna, 'citizens/me/plan');
  expect(steps.find((step) => step.title === 'Gå en tur 🚶‍♀️').due).toBe('2028-02-29');

  const own = page.getByRole('listitem').filter({ hasText: 'Gå en tur 🚶‍♀️' });
  await own.getByRole('button', { name: 'Ret skridtet' }).click();
  await expectRefused(anna, title, save);
  await title.fill('Gå en tur 🚶‍♀️ hver dag');
  await save();
  await expect(own.getByText('Gå en tur 🚶‍♀️ hver dag', { exact: true })).toBeVisible();

  await own.getByRole('button', { name: 'Fortæl, hvordan det går' }).click();
  await page.getByRole('radio', { name: 'Ikke brug for det mere' }).check();
  await expectRefused(anna, box(anna, 'Hvorfor?'), save);
  await page.getByRole('radio', { name: 'Kan ikke gøres endnu' }).check();
  await save();
  await expectFault(anna, box(anna, 'Hvorfor?'), TOO_LONG, LONG);
  await box(anna, 'Hvorfor?').fill(STRANGE);
  await save();
  await says(anna, `Fordi: ${STRANGE}`).toBeVisible();

  for (const [open, name] of [[/^Skriv om /, 'Din kommentar'], [/^Jeg er ikke enig i målet/, 'Hvad er du ikke enig i?']]) {
    await page.getByRole('button', { name: open }).first().click();
    await expectRefused(anna, box(anna, name), () => press(anna, 'Send'));
    await box(anna, name).fill(`${name} ${STRANGE}`);
    await press(anna, 'Send');
    await expect(box(anna, name)).toHaveCount(0);
    await says(anna, `${name} ${STRANGE}`).toBeVisible();
    await page.getByRole('button', { name: `Ret din tekst : ${name}` }).or(page.getByRole('button', { name: `Ret din tekst: ${name}` })).first().click();
    await expectRefused(anna, box(anna, name), () => press(anna, 'Send'));
    await box(anna, name).fill(`${name} igen ${STRANGE}`);
    await press(anna, 'Send');
    await says(anna, `${name} igen ${STRANGE}`).toBeVisible();
  }
  await expectNothingRan(anna);
  await anna.visit('/plan/historik');
  await says(anna, STRANGE).toBeVisible();
  await expectNothingRan(anna);
});

test('what I write about myself', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(120_000);
  const anna = await as('Anna');
  await anna.visit('/mig');
  const name = box(anna, /^Hvad vil du gerne kaldes\?/);
  const situation = box(anna, /^Min situation nu/);
  const strengths = box(anna, /^Det er jeg god til/);
  const note = box(anna, /^Er der noget, vi bør vide/);
  await expectTooLong(anna, [name, note, situation, strengths], () => anna.press('Gem'));
  await note.fill('');
  await name.fill('<b>Anna</b> 🌻');
  await situation.fill(STRANGE);
  await strengths.fill(INVISIBLE);
  await anna.press('Gem');
  await says(anna, RECEIVED).toBeVisible();
  const { content } = await read(anna, 'citizens/me/profile');
  expect([content.situation, content.strengths], 'blanks are nothing').toEqual([STRANGE, null]);
  await anna.visit('/');
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Hej <b>Anna</b> 🌻' })).toBeVisible();
});

test('an employee arranges, changes and cancels a meeting', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(180_000);
  const mette = await as('Mette');
  const { page } = mette;
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Bo');
  await mette.visit(`/medarbejder/borger/${citizen}/nyt-moede`);
  const send = () => mette.press('Aftal mødet');
  const purpose = box(mette, 'Hvorfor mødes I?');
  const date = page.getByRole('group', { name: 'Dato' });
  const time = page.getByRole('group', { name: 'Klokken' });
  const when = async (day, month, year, hour, minute) => {
    const parts = [['Dag', day, date], ['Måned', month, date], ['År', year, date], ['Time', hour, time], ['Minut', minute, time]];
    for (const [label, value, group] of parts) await group.getByLabel(label).fill(String(value));
  };
  await send();
  for (const words of ['Skriv noget her.', 'Skriv dag, måned og år.', 'Skriv klokken med tal, for eksempel 10 og 15.']) {
    await expect(page.getByRole('alert').getByRole('link', { name: words })).toBeVisible();
  }
  await mette.look();
  const soon = new Date().getFullYear() + 1;
  await when(1, 3, soon, 10, 15);
  await expectRefused(mette, purpose, send);
  await purpose.fill(STRANGE);
  await when(1, 3, soon, 25, 61);
  await send();
  await expect(time).toHaveAccessibleDescription(/Skriv klokken med tal/);
  for (const [day, month] of [['31', '4'], ['31', '2']]) await expectNoSuchDate(mette, date, [day, month, String(soon)], send);
  await when(1, 3, soon - 2, 10, 15);
  await send();
  await expect(date).toHaveAccessibleDescription(/Tiden er gået/);
  await when(1, 3, soon, 10, 15);
  await box(mette, /^Minutter/).fill('1000');
  await send();
  await expectFault(mette, box(mette, /^Minutter/), /Skriv et tal fra 5 til 480\./, '1000');
  await box(mette, /^Minutter/).fill('45');

  await page.getByRole('button', { name: 'Tilføj en person' }).click();
  await page.getByRole('button', { name: 'Tilføj et punkt' }).click();
  await send();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(3);
  await mette.look();
  await page.getByLabel('Hvem', { exact: true }).selectOption({ label: 'En anden' });
  await expectRefused(mette, [box(mette, 'Navn'), box(mette, 'Hvorfor kommer personen?'), box(mette, 'Punkt')], send);
  const optional = ['Rolle', 'Sted, nummer', 'Sådan kommer man ind', 'Hvem tager imod?', 'Det er godt at have med', 'Ring hertil', 'Titel i kalenderen'];
  const fields = optional.map((label) => page.getByLabel(new RegExp(`^${label.replace('?', '\\?')}`)));
  await expectTooLong(mette, fields, send);
  for (const field of fields) await field.fill('');
  await box(mette, 'Navn').fill('Ali "x" <i>Demir</i>');
  await box(mette, 'Hvorfor kommer personen?').fill('Tolker 🗣️');
  await box(mette, 'Punkt').fill('Hvad nu? 🤔');

  // The clock jumps over half past two in March, and passes it twice in October.
  const spring = lastSunday(2);
  await when(spring.getUTCDate(), 3, spring.getUTCFullYear(), 2, 30);
  await send();
  await expect(date).toHaveAccessibleDescription(/Uret stilles frem den nat, så tiden findes ikke/);
  await expect(purpose).toHaveValue(STRANGE);
  const autumn = lastSunday(9);
  await when(autumn.getUTCDate(), 10, autumn.getUTCFullYear(), 2, 30);
  await send();
  await expect(page.getByRole('group', { name: 'Hvilken af de to tider?' })).toBeVisible();
  await mette.look();
  await page.getByRole('radio', { name: 'Den anden (vintertid)' }).check();
  await send();
  await says(mette, 'Mødet er gemt').toBeVisible();
  const { meetings } = await read(mette, `citizens/${citizen}/file`);
  const arranged = meetings.find((meeting) => meeting.purpose === STRANGE);
  expect(new Date(arranged.time.starts_at).toISOString()).toBe(`${autumn.toISOString().slice(0, 10)}T01:30:00.000Z`);

  const bo = await as('Bo');
  await bo.visit(`/moeder/${arranged.id}`);
  await says(bo, 'Ali "x" <i>Demir</i>').toBeVisible();
  await expectNothingRan(bo);

  await mette.visit(`/medarbejder/borger/${citizen}/moede/${arranged.id}/aflys`);
  await expectRefused(mette, box(mette, 'Hvorfor aflyser du?'), () => mette.press('Aflys mødet'));
  await box(mette, 'Hvorfor aflyser du?').fill(STRANGE);
  await mette.follow(page.getByRole('button', { name: 'Aflys mødet' }));
  await bo.visit(`/moeder/${arranged.id}`);
  await says(bo, STRANGE).toBeVisible();
});

test('an employee starts an effort, adds a step and writes minutes', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(180_000);
  const mette = await as('Mette');
  const { page } = mette;
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Per');
  await mette.visit(`/medarbejder/borger/${citizen}/plan/indsats`);
  const save = () => mette.press('Gem indsatsen');
  await save();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(4);
  await mette.look();
  await page.getByLabel('Hvilket mål tjener den?').selectOption({ index: 1 });
  await page.getByRole('radio', { name: 'Et krav' }).check();
  const texts = [box(mette, 'Hvad er indsatsen?'), box(mette, 'Hvad er den god for?'), box(mette, 'Hvad sker der, hvis man ikke er med?')];
  await expectRefused(mette, texts, save);
  const [from, until] = ['Fra', 'Til'].map((name) => page.getByRole('group', { name: new RegExp(`^${name}`) }));
  await expectNoSuchDate(mette, from, ['31', '2', '2027'], save);
  for (const [group, day] of [[from, '2'], [until, '1']]) {
    for (const [label, value] of [['Dag', day], ['Måned', '3'], ['År', '2027']]) await group.getByLabel(label).fill(value);
  }
  await save();
  await expect(until).toHaveAccessibleDescription(/Slutdatoen ligger før startdatoen/);
  await until.getByLabel('Dag').fill('3');
  await box(mette, 'Hvad er indsatsen?').fill('Morgenhjælp ☀️');
  await box(mette, 'Hvad sker der, hvis man ikke er med?').fill('Så taler vi sammen.');
  await box(mette, 'Hvad er den god for?').fill(STRANGE);
  await save();
  await says(mette, STRANGE).toBeVisible();
  await expectNothingRan(mette);
  await page.getByRole('button', { name: /^Skriv om / }).first().click();
  await expectRefused(mette, box(mette, 'Din kommentar'), () => press(mette, 'Send'));
  await box(mette, 'Din kommentar').fill(`Vi ses. ${STRANGE}`);
  await press(mette, 'Send');
  await says(mette, `Vi ses. ${STRANGE}`).toBeVisible();

  const { meetings } = await read(mette, `citizens/${citizen}/file`);
  const { id } = meetings.find(({ has_begun: begun }) => begun);
  await mette.visit(`/medarbejder/borger/${citizen}/moede/${id}/referat`);
  const summary = box(mette, 'Kort om mødet');
  await summary.fill('');
  await mette.press('Del med borgeren');
  await expectFault(mette, summary, /Skriv noget her\./, '');
  await expect(page.getByRole('alert').getByRole('link', { name: 'Vælg, hvad der skete med punktet.' })).toBeVisible();
  await mette.look();
  await summary.fill(LONG);
  await mette.press('Gem kladde');
  await says(mette, RECEIVED).toBeVisible();
  await mette.press('Del med borgeren');
  await expectFault(mette, summary, /Der er plads til 4000 tegn/, LONG);
  await summary.fill(STRANGE);
  await page.getByRole('group', { name: 'Punkt 2: hvad skete der?' }).getByRole('radio', { name: 'Vi svarede' }).check();
  await mette.press('Del med borgeren');
  await expectFault(mette, box(mette, 'Svaret').last(), /Skriv noget her\./, '');
  await box(mette, 'Svaret').last().fill(STRANGE);
  const first = page.getByRole('group', { name: 'Punkt 1: hvad skete der?' });
  await first.getByRole('radio', { name: 'Det hører til et andet sted' }).check();
  await expectRefused(mette, box(mette, 'Hvem kan hjælpe?').first(), () => mette.press('Del med borgeren'));
  await first.getByRole('radio', { name: 'Vi tager det senere' }).check();
  await expectTooLong(mette, [box(mette, /^Et par ord om det/).first()], () => mette.press('Del med borgeren'));
  await first.getByRole('radio', { name: 'Vi svarede' }).check();
  await box(mette, 'Svaret').first().fill(STRANGE);

  const what = box(mette, 'Hvad er skridtet?');
  await mette.press('Læg i planen');
  await expect(page.getByRole('alert').getByRole('link', { name: 'Vælg noget her.' })).toBeVisible();
  await expectRefused(mette, what, () => mette.press('Læg i planen'));
  const due = page.getByRole('group', { name: /^Hvornår senest/ });
  await expectNoSuchDate(mette, due, ['31', '2', '2027'], () => mette.press('Læg i planen'));
  for (const [label, value] of [['Dag', '29'], ['Måned', '2'], ['År', '2028']]) await due.getByLabel(label).fill(value);
  await what.fill('Ring til skolen ☎️');
  await mette.press('Del med borgeren');
  await expect(what).toHaveAccessibleDescription(/Læg skridtet i planen, eller slet teksten/);
  await expect(what).toBeFocused();
  await mette.look();
  await page.getByLabel('Hvem gør det?').selectOption({ label: 'Per Dam' });
  await mette.press('Læg i planen');
  await expect(page.getByRole('listitem').filter({ hasText: 'Ring til skolen ☎️' })).toBeVisible();
  await expect(summary, 'what is typed above stays').toHaveValue(STRANGE);

  await mette.press('Del med borgeren');
  await mette.press('Ja, del det');
  await says(mette, 'Referatet er delt').toBeVisible();
  const per = await as('Per');
  await per.visit(`/moeder/${id}`);
  await says(per, STRANGE).toBeVisible();
  await expectNothingRan(per);
});

test('searching for what nobody is called', { tag: '@desktop' }, async ({ as }) => {
  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  const search = mette.page.getByRole('searchbox');
  for (const words of [STRANGE, '%', '_', LONG, '👩🏽‍🦽']) {
    await search.fill(words);
    await search.press('Enter');
    await says(mette, 'Ingen af dine borgere hedder det. Prøv en del af navnet.').toBeVisible();
    await expect(search).toHaveValue(words);
    await mette.press('Vis alle dine møder');
    await expect(search).toHaveValue('');
  }
  await mette.look();
});

/** The last Sunday of a month (0 is January) that is still to come. */
function lastSunday(month) {
  const of = (year) => {
    const last = new Date(Date.UTC(year, month + 1, 0));
    return new Date(last.getTime() - last.getUTCDay() * 86_400_000);
  };
  const year = new Date().getUTCFullYear();
  return of(year) > new Date() ? of(year) : of(year + 1);
}
