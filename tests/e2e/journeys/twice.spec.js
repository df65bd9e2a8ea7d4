import { citizenOf, nextMeeting, read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

const SAVED = /^Gemt kl\. \d\d\.\d\d$/;
const RECEIVED = /Modtaget kl\. \d\d\.\d\d\. Kvittering/;

const goal = (person) => person.page.getByLabel('Hvad vil du gerne opnå?');
const says = (person, words) => expect(person.page.getByText(words).first());

test('a draft in two tabs: both texts are shown, and the one that is chosen stays', { tag: '@phone' }, async ({ as }) => {
  const kim = await as('Kim');
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  const address = `/moeder/${id}/forbered`;
  const stored = async () => (await read(kim, `citizens/me/meetings/${id}/preparation`)).drafts.map(({ content }) => content.text);
  await kim.visit(address);
  await goal(kim).fill('Jeg vil gerne bage.');
  await says(kim, SAVED).toBeVisible();
  const tab = await kim.anotherTab();
  await tab.visit(address);
  await expect(goal(tab)).toHaveValue('Jeg vil gerne bage.');

  await goal(tab).fill('Jeg vil gerne bage brød.');
  await expect.poll(stored).toEqual(['Jeg vil gerne bage brød.']);
  await goal(kim).fill('Jeg vil gerne bage kager.');
  await says(kim, 'Du har skrevet i teksten to steder').toBeVisible();
  await says(kim, 'Jeg vil gerne bage brød.').toBeVisible();
  await expect(goal(kim)).toHaveValue('Jeg vil gerne bage kager.');
  await kim.look();
  expect(await stored(), 'nothing is overwritten before one is chosen').toEqual(['Jeg vil gerne bage brød.']);
  await kim.press('Behold teksten her');
  await expect.poll(stored).toEqual(['Jeg vil gerne bage kager.']);

  await goal(tab).fill('Jeg vil gerne bage rugbrød.');
  await says(tab, 'Du har skrevet i teksten to steder').toBeVisible();
  await tab.press('Behold den anden tekst');
  await expect(goal(tab)).toHaveValue('Jeg vil gerne bage kager.');
  await says(tab, SAVED).toBeVisible();

  // One tab sends; the other still has its text, and may keep it.
  await tab.follow(tab.page.getByRole('button', { name: 'Se det igennem' }));
  await tab.follow(tab.page.getByRole('button', { name: 'Send', exact: true }));
  await goal(kim).fill('Jeg vil gerne bage alt.');
  await says(kim, 'Teksten er sendt eller slettet et andet sted. Vil du beholde den, du har her?').toBeVisible();
  await kim.press('Behold teksten her');
  await expect.poll(stored).toEqual(['Jeg vil gerne bage alt.']);
});

test('two send buttons in two tabs: it is sent once, and the second is told', { tag: '@phone' }, async ({ as }) => {
  const kim = await as('Kim');
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  await kim.visit(`/moeder/${id}/forbered`);
  await goal(kim).fill('Jeg vil gerne sy.');
  await says(kim, SAVED).toBeVisible();
  await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
  const tab = await kim.anotherTab();
  await tab.visit(`/moeder/${id}/forbered/se`);
  await kim.follow(kim.page.getByRole('button', { name: 'Send', exact: true }));
  await tab.press('Send');
  await says(tab, 'Der er ikke noget at sende').toBeVisible();
  await tab.look();
  const { goals } = await read(kim, `citizens/me/meetings/${id}/preparation`);
  expect(goals.map(({ text }) => text)).toEqual(['Jeg vil gerne sy.']);
});

test('a double tap sends once, the back button leads to what was sent, and a reload shows all that is saved', { tag: '@phone' }, async ({ as }) => {
  const kim = await as('Kim');
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  const address = `/moeder/${id}/forbered`;
  await kim.visit(address);
  await goal(kim).fill('Jeg vil gerne løbe.\nOg gå.');
  await kim.page.getByLabel('Hvad vil du tale om eller spørge om?').fill('Hvad koster et par sko?');
  await expect(kim.page.getByText(SAVED)).toHaveCount(2);
  await kim.page.reload();
  await kim.look();
  await expect(goal(kim)).toHaveValue('Jeg vil gerne løbe.\nOg gå.');
  await expect(kim.page.getByLabel('Hvad vil du tale om eller spørge om?')).toHaveValue('Hvad koster et par sko?');

  await kim.page.getByRole('button', { name: 'Se det igennem' }).dblclick();
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Se det igennem' })).toBeVisible();
  const sendings = [];
  kim.page.on('request', (request) => request.url().includes('/sendings/') && sendings.push(request.url()));
  await kim.page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible();
  expect(new Set(sendings).size).toBe(1);
  const receipt = await kim.page.getByRole('definition').allTextContents();
  await kim.page.reload();
  await kim.look();
  expect(await kim.page.getByRole('definition').allTextContents(), 'the receipt is still there').toEqual(receipt);

  await kim.page.goBack();
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Forbered dit møde' })).toBeVisible();
  await kim.look();
  await expect(goal(kim), 'what was sent does not stand there to be sent again').toHaveValue('');
  await says(kim, 'Hvad koster et par sko?').toBeVisible();
  const { drafts, goals, topics } = await read(kim, `citizens/me/meetings/${id}/preparation`);
  expect([drafts.length, goals.length, topics.length]).toEqual([0, 1, 1]);

  // A step and a comment, tapped twice.
  await kim.visit('/plan');
  await kim.page.getByRole('button', { name: 'Tilføj et skridt' }).click();
  await kim.page.getByLabel('Hvad vil du gøre?').fill('Købe sko');
  await kim.page.getByRole('button', { name: 'Gem', exact: true }).dblclick();
  await says(kim, 'Købe sko').toBeVisible();
  await kim.page.getByRole('button', { name: /^Skriv om / }).first().click();
  await kim.page.getByRole('textbox', { name: 'Din kommentar' }).fill('Jeg glæder mig.');
  await kim.page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await says(kim, 'Jeg glæder mig.').toBeVisible();
  await kim.page.reload();
  await kim.look();
  const { steps, comments } = await read(kim, 'citizens/me/plan');
  expect(steps.filter(({ title }) => title === 'Købe sko')).toHaveLength(1);
  expect(comments.filter(({ text }) => text === 'Jeg glæder mig.')).toHaveLength(1);
  await expect(kim.page.getByText('Købe sko').first()).toBeVisible();
});

test('two employees change one meeting: the second sees both and chooses', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(180_000);
  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Anna');
  const { id } = (await read(mette, `citizens/${citizen}/meetings`)).coming[0];
  const address = `/medarbejder/borger/${citizen}/moede/${id}/ret`;
  const purpose = async () => (await read(mette, `citizens/${citizen}/meetings/${id}`)).summary.purpose;
  const field = (person) => person.page.getByLabel('Hvorfor mødes I?');
  const karim = await as('Karim');
  await mette.visit(address);
  await karim.visit(address);
  const before = await field(mette).inputValue();

  await field(karim).fill('Vi finder et sted at arbejde.');
  await karim.press('Gem ændringen');
  await says(karim, 'Mødet er gemt').toBeVisible();
  await field(mette).fill('Vi ser på planen.');
  await mette.press('Gem ændringen');
  await says(mette, 'En anden har gemt mødet før dig').toBeVisible();
  const row = mette.page.getByRole('row', { name: /Hvorfor mødes I\?/ });
  await expect(row).toContainText('Vi finder et sted at arbejde.');
  await expect(row).toContainText('Vi ser på planen.');
  await mette.look();
  expect(await purpose()).toBe('Vi finder et sted at arbejde.');
  await mette.press('Gem det, jeg har skrevet');
  await says(mette, 'Mødet er gemt').toBeVisible();
  expect(await purpose()).toBe('Vi ser på planen.');

  for (const person of [mette, karim]) await person.visit(address);
  await field(mette).fill('Vi ser på vinteren.');
  await mette.press('Gem ændringen');
  await says(mette, 'Mødet er gemt').toBeVisible();
  await field(karim).fill('Vi ser på sommeren.');
  await karim.press('Gem ændringen');
  await says(karim, 'En anden har gemt mødet før dig').toBeVisible();
  await karim.press('Behold det, den anden gemte');
  await expect(field(karim)).toHaveValue('Vi ser på vinteren.');
  expect(await purpose()).toBe('Vi ser på vinteren.');

  // Cancelling a meeting that has changed is asked about again.
  const third = await mette.anotherTab();
  await third.visit(`/medarbejder/borger/${citizen}/moede/${id}/aflys`);
  await karim.visit(address);
  await field(karim).fill(before);
  await karim.press('Gem ændringen');
  await says(karim, 'Mødet er gemt').toBeVisible();
  await third.page.getByLabel('Hvorfor aflyser du?').fill('Jeg er syg.');
  await third.press('Aflys mødet');
  await says(third, 'Mødet er ændret imens. Sådan er det nu. Vil du stadig aflyse det?').toBeVisible();
  await expect(third.page.getByLabel('Hvorfor aflyser du?')).toHaveValue('Jeg er syg.');
  await third.follow(third.page.getByRole('button', { name: 'Aflys mødet' }));
  await says(third, 'Mødet er aflyst').toBeVisible();
});

test('two employees write the minutes: nobody\'s words are overwritten', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(120_000);
  const [mette, karim] = [await as('Mette'), await as('Karim')];
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Per');
  const { meetings } = await read(mette, `citizens/${citizen}/file`);
  const { id } = meetings.find(({ has_begun: begun }) => begun);
  const address = `/medarbejder/borger/${citizen}/moede/${id}/referat`;
  const summary = (person) => person.page.getByLabel('Kort om mødet');
  const stored = async () => (await read(mette, `citizens/${citizen}/meetings/${id}`)).minutes.summary;
  const answers = async () => (await read(mette, `citizens/${citizen}/meetings/${id}`)).agenda.map(({ outcome }) => JSON.stringify(outcome));
  for (const person of [mette, karim]) await person.visit(address);
  await summary(karim).fill('Per møder kl. 9.');
  await answer(karim, 1, 'Ja, om morgenen.');
  await karim.press('Gem kladde');
  await says(karim, RECEIVED).toBeVisible();
  await summary(mette).fill('Per møder kl. 10.');
  await answer(mette, 2, 'Nej, ikke i år.');
  await mette.press('Gem kladde');
  const choice = mette.page.getByRole('group', { name: 'Nogen har gemt en ændring før dig' });
  for (const words of ['Per møder kl. 9.', 'Per møder kl. 10.', 'Ja, om morgenen.', 'Nej, ikke i år.']) await expect(choice).toContainText(words);
  await mette.look();
  expect(await stored()).toBe('Per møder kl. 9.');
  await mette.press('Gem min tekst');
  await expect.poll(stored).toBe('Per møder kl. 10.');
  await expect(choice).toHaveCount(0);
  const [first, second] = await answers();
  expect(first, 'what the other wrote about another item stays').toContain('Ja, om morgenen.');
  expect(second).toContain('Nej, ikke i år.');

  await summary(karim).fill('Per møder kl. 9 og kl. 13.');
  await karim.press('Gem kladde');
  const his = karim.page.getByRole('group', { name: 'Nogen har gemt en ændring før dig' });
  await expect(his).toContainText('Per møder kl. 10.');
  await karim.press('Behold den andens');
  await expect(summary(karim)).toHaveValue('Per møder kl. 10.');
  await expect(his).toHaveCount(0);
  expect(await stored()).toBe('Per møder kl. 10.');
  for (const person of [mette, karim]) await person.page.reload();
  for (const person of [mette, karim]) await expect(summary(person)).toHaveValue('Per møder kl. 10.');
});

test('two employees change one effort and one step: the second sees both and chooses', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(180_000);
  const [mette, karim] = [await as('Mette'), await as('Karim')];
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Anna');
  const plan = () => read(mette, `citizens/${citizen}/plan`);
  const { id, title } = (await plan()).efforts[0];
  const address = `/medarbejder/borger/${citizen}/plan`;
  const purpose = (person) => person.page.getByLabel('Hvad er den god for?');
  const stored = async () => (await plan()).efforts.find((effort) => effort.id === id).purpose;
  const choice = (person) => person.page.getByRole('group', { name: 'Nogen har gemt en ændring før dig' });
  for (const person of [mette, karim]) await person.visit(`${address}/indsats/${id}`);
  await purpose(karim).fill('Du prøver dig frem.');
  await karim.follow(karim.page.getByRole('button', { name: 'Gem indsatsen' }));
  await purpose(mette).fill('Du møder nye mennesker.');
  await mette.press('Gem indsatsen');
  for (const words of ['Du prøver dig frem.', 'Du møder nye mennesker.']) await expect(choice(mette)).toContainText(words);
  expect(await stored()).toBe('Du prøver dig frem.');
  await mette.press('Behold den andens');
  await expect(purpose(mette)).toHaveValue('Du prøver dig frem.');
  await karim.visit(`${address}/indsats/${id}`);
  await purpose(karim).fill('Du får erfaring.');
  await karim.follow(karim.page.getByRole('button', { name: 'Gem indsatsen' }));
  await purpose(mette).fill('Du lærer dyr at kende.');
  await mette.press('Gem indsatsen');
  await expect(choice(mette)).toContainText('Du får erfaring.');
  await mette.follow(choice(mette).getByRole('button', { name: 'Gem min tekst' }));
  expect(await stored()).toBe('Du lærer dyr at kende.');

  // Rewording a step, and saying how it goes with another. What Anna has answered keeps its words.
  const worded = 'Køre med bussen til dyrehjemmet sammen med Karim';
  const answered = 'Se på lejligheden i Havnegade';
  const moved = 'Ringe og høre, hvordan det går med søvnen';
  const step = (person, words) => person.page.getByRole('listitem').filter({ hasText: words });
  for (const person of [mette, karim]) await person.visit(address);
  await expect(karim.page.getByRole('heading', { name: title }).first()).toBeVisible();
  await expect(step(mette, moved).getByRole('button', { name: 'Fortæl, hvordan det går' })).toBeVisible();
  const words = (person) => person.page.getByLabel('Hvad vil du gøre?');
  await step(mette, answered).getByRole('button', { name: 'Ret skridtet' }).click();
  await expect(step(mette, answered).getByText('Derfor bliver ordene stående.')).toBeVisible();
  await expect(words(mette)).toHaveCount(0);
  await mette.look();
  await mette.press('Fortryd');
  for (const person of [mette, karim]) await step(person, worded).getByRole('button', { name: 'Ret skridtet' }).click();
  await words(karim).fill(`${worded} på mandag`);
  await karim.page.getByRole('button', { name: 'Gem', exact: true }).click();
  await expect(step(karim, `${worded} på mandag`)).toBeVisible();
  await words(mette).fill(`${worded} på tirsdag`);
  await mette.page.getByRole('button', { name: 'Gem', exact: true }).click();
  for (const text of ['på mandag', 'på tirsdag']) await expect(choice(mette)).toContainText(text);
  await mette.look();
  await mette.press('Gem min tekst');
  await expect(step(mette, `${worded} på tirsdag`)).toBeVisible();
  expect((await plan()).steps.filter((one) => one.title.startsWith(worded)).map((one) => one.title)).toEqual([`${worded} på tirsdag`]);

  // Anna answers while Mette rewords: the words stay as Anna answered them, and the rest is still Mette's to save.
  const now = `${worded} på tirsdag`;
  await step(mette, now).getByRole('button', { name: 'Ret skridtet' }).click();
  await words(mette).fill(`${worded} på onsdag`);
  const anna = await as('Anna');
  await anna.visit('/plan');
  await step(anna, now).getByRole('button', { name: 'Det er gjort' }).click();
  await expect(step(anna, now).getByText('Gjort', { exact: true })).toBeVisible();
  await mette.page.getByRole('button', { name: 'Gem', exact: true }).click();
  await mette.press('Gem min tekst');
  await expect(step(mette, now).getByText('Derfor bliver ordene stående.')).toBeVisible();
  await expect(words(mette)).toHaveCount(0);
  await mette.look();
  await mette.fillDate('Hvornår?', new Date(2030, 2, 1));
  await mette.page.getByRole('button', { name: 'Gem', exact: true }).click();
  await expect(step(mette, now).getByText('senest 1. marts 2030')).toBeVisible();
  await expect(step(mette, now).getByRole('group', { name: `Kommentarer til: ${now}` })).toBeVisible();
  expect((await plan()).steps.find((one) => one.title === now)).toMatchObject({ due: '2030-03-01', state: 'done' });

  await tellState(karim, step(karim, moved), 'Kan ikke gøres endnu', 'Jeg kan ikke få fat i hende.');
  await expect(step(karim, moved).getByText('Fordi: Jeg kan ikke få fat i hende.')).toBeVisible();
  await tellState(mette, step(mette, moved), 'Ikke brug for det mere', 'Hun sover godt nu.');
  for (const text of ['Jeg kan ikke få fat i hende.', 'Hun sover godt nu.']) await expect(choice(mette)).toContainText(text);
  await mette.press('Behold den andens');
  await expect(step(mette, moved).getByText('Fordi: Jeg kan ikke få fat i hende.')).toBeVisible();
  expect((await plan()).steps.find((one) => one.title === moved).state).toHaveProperty('cannot_yet');
});

test('my own words, a comment and a step in two tabs', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(120_000);
  const anna = await as('Anna');
  await anna.visit('/mig');
  const tab = await anna.anotherTab();
  await tab.visit('/mig');
  const situation = (person) => person.page.getByRole('textbox', { name: /Min situation nu/ });
  const stored = async () => (await read(anna, 'citizens/me/profile')).content.situation;
  await situation(tab).fill('Det går fremad.');
  await tab.press('Gem');
  await says(tab, RECEIVED).toBeVisible();
  await situation(anna).fill('Det er lidt tungt.');
  await anna.press('Gem');
  const choice = anna.page.getByRole('group', { name: 'Nogen har gemt en ændring før dig' });
  await expect(choice).toContainText('Det går fremad.');
  await expect(choice).toContainText('Det er lidt tungt.');
  expect(await stored()).toBe('Det går fremad.');
  await anna.look();
  await anna.press('Gem min tekst');
  await expect.poll(stored).toBe('Det er lidt tungt.');
  await anna.page.reload();
  await expect(situation(anna)).toHaveValue('Det er lidt tungt.');

  const words = 'Skrive ned, hvilke dage jeg bedst kan';
  const step = (person) => person.page.getByRole('listitem').filter({ hasText: words });
  const state = async () => (await read(anna, 'citizens/me/plan')).steps.find(({ title }) => title === words).state;
  for (const person of [anna, tab]) await person.visit('/plan');
  await tellState(tab, step(tab), 'Kan ikke gøres endnu', 'Min kalender er væk.');
  await expect(step(tab).getByText('Fordi: Min kalender er væk.')).toBeVisible();
  await step(anna).getByRole('button', { name: 'Det er gjort' }).click();
  await expect(choice).toContainText('Min kalender er væk.');
  await expect(choice).toContainText('Gjort');
  expect(await state()).toHaveProperty('cannot_yet');
  await anna.press('Gem min tekst');
  await expect.poll(state).toBe('done');
  await expect(step(anna).getByText('Gjort', { exact: true })).toBeVisible();

  await step(anna).getByRole('button', { name: 'Skriv om skridtet' }).click();
  await anna.page.getByRole('textbox', { name: 'Din kommentar' }).fill('Det tog en time.');
  await step(anna).getByRole('button', { name: 'Send', exact: true }).click();
  await says(anna, 'Det tog en time.').toBeVisible();
  await tab.page.reload();
  for (const [person, text] of [[tab, 'Det tog to timer.'], [anna, 'Det tog tre timer.']]) {
    await step(person).getByRole('button', { name: 'Ret din tekst' }).last().click();
    await person.page.getByRole('textbox', { name: 'Din kommentar' }).fill(text);
    await step(person).getByRole('button', { name: 'Send', exact: true }).click();
    if (person === tab) await says(tab, text).toBeVisible();
  }
  await expect(choice).toContainText('Det tog to timer.');
  await expect(choice).toContainText('Det tog tre timer.');
  await anna.press('Behold den andens');
  await expect(step(anna).getByText('Det tog to timer.', { exact: true })).toBeVisible();
  await anna.page.reload();
  await expect(step(anna).getByText('Det tog to timer.', { exact: true })).toBeVisible();
});

async function answer(person, number, words) {
  const group = person.page.getByRole('group', { name: `Punkt ${number}:` });
  await group.getByRole('radio', { name: 'Vi svarede' }).check();
  await person.page.getByRole('listitem').filter({ has: group }).getByLabel('Svaret').fill(words);
}

async function tellState(person, step, state, reason) {
  await step.getByRole('button', { name: 'Fortæl, hvordan det går' }).click();
  await step.getByRole('radio', { name: state }).check();
  await step.getByLabel('Hvorfor?').fill(reason);
  await step.getByRole('button', { name: 'Gem', exact: true }).click();
}
