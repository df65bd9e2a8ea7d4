import { citizenOf, nextMeeting, read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

const SAVED = /^Gemt kl\. \d\d\.\d\d$/;
const AWAY = 'Vi kan ikke nå kommunen lige nu. Din tekst er her stadig. Vi prøver igen af os selv.';
/** Between two tries lie at most eight seconds. */
const NEXT_TRY = { timeout: 20_000 };

const goal = (person) => person.page.getByLabel('Hvad vil du gerne opnå?');
const says = (person, words) => expect(person.page.getByText(words).first());

async function prepare(person) {
  await person.visit('/');
  const meeting = await nextMeeting(person);
  await person.follow('Forbered mødet');
  return `citizens/me/meetings/${meeting.id}/preparation`;
}

test('the server stops while somebody writes and while they send: nothing is lost, and it is sent once', { tag: '@phone' }, async ({ as, server }) => {
  test.setTimeout(120_000);
  const kim = await as('Kim');
  const preparation = await prepare(kim);
  await goal(kim).fill('Jeg vil gerne lære at svejse.');
  await says(kim, SAVED).toBeVisible();

  await server.kill();
  await goal(kim).fill('Jeg vil gerne lære at svejse og få et svendebrev.');
  await says(kim, AWAY).toBeVisible();
  await expect(goal(kim)).toHaveValue('Jeg vil gerne lære at svejse og få et svendebrev.');
  await goal(kim).press('End');
  await goal(kim).pressSequentially(' Det er vigtigt.');
  await server.start();
  await says(kim, SAVED).toBeVisible(NEXT_TRY);
  await expect.poll(async () => (await read(kim, preparation)).drafts.map(({ content }) => content.text)).toEqual([
    'Jeg vil gerne lære at svejse og få et svendebrev. Det er vigtigt.',
  ]);

  await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
  await server.stop();
  await kim.press('Send');
  await says(kim, AWAY).toBeVisible();
  await kim.press('Send');
  await server.start();
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible(NEXT_TRY);
  const { drafts, goals } = await read(kim, preparation);
  expect(drafts).toEqual([]);
  expect(goals.map(({ text, version }) => [text, version])).toEqual([['Jeg vil gerne lære at svejse og få et svendebrev. Det er vigtigt.', 1]]);
});

test('an answer that is lost on its way is not sent twice', { tag: '@phone' }, async ({ as }) => {
  const kim = await as('Kim');
  const preparation = await prepare(kim);
  await goal(kim).fill('Jeg vil gerne cykle hver dag.');
  await says(kim, SAVED).toBeVisible();
  await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
  let receipt;
  await kim.page.route('**/sendings/*', async (route) => {
    const answer = await route.fetch();
    receipt = await answer.json();
    await route.abort('connectionreset');
  }, { times: 1 });
  await kim.press('Send');
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible(NEXT_TRY);
  await says(kim, receipt.number).toBeVisible();
  expect((await read(kim, preparation)).goals).toHaveLength(1);

  // The same for a step and a comment, which are new things as well.
  await kim.visit('/plan');
  await kim.page.getByRole('button', { name: 'Tilføj et skridt' }).click();
  await kim.page.getByLabel('Hvad vil du gøre?').fill('Pumpe cyklen');
  await kim.page.route('**/steps/*', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  await kim.press('Gem');
  await says(kim, /Modtaget kl\./).toBeVisible(NEXT_TRY);
  const { steps } = await read(kim, 'citizens/me/plan');
  expect(steps.filter(({ title }) => title === 'Pumpe cyklen')).toHaveLength(1);
});

test('the server stops while a step, a comment, a page about oneself and minutes are saved: each is sent once, when it is back', { tag: '@desktop' }, async ({ as, server }) => {
  test.setTimeout(240_000);
  const [anna, mette] = [await as('Anna'), await as('Mette')];
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Per');
  const { meetings } = await read(mette, `citizens/${citizen}/file`);
  const { id } = meetings.find(({ has_begun: begun }) => begun);
  await mette.visit(`/medarbejder/borger/${citizen}/moede/${id}/referat`);
  const summary = mette.page.getByLabel('Kort om mødet');
  const minutes = async () => (await read(mette, `citizens/${citizen}/meetings/${id}`)).minutes;
  const before = (await minutes())?.version ?? 0;
  await summary.fill('Vi fandt en vej.');

  const title = 'Skrive ned, hvilke dage jeg bedst kan';
  const stepNow = async () => (await read(anna, 'citizens/me/plan')).steps.find((step) => step.title === title);
  await anna.visit('/plan');
  const { version } = await stepNow();
  const step = anna.page.getByRole('listitem').filter({ hasText: title });
  await step.getByRole('button', { name: 'Fortæl, hvordan det går' }).click();
  await step.getByRole('radio', { name: 'Kan ikke gøres endnu' }).check();
  await step.getByLabel('Hvorfor?').fill('Min kalender er væk.');
  await step.getByRole('button', { name: 'Skriv om skridtet' }).click();
  const comment = step.getByRole('textbox', { name: 'Din kommentar' });
  await comment.fill('Jeg finder den nok.');
  const me = await anna.anotherTab();
  await me.visit('/mig');
  const situation = me.page.getByRole('textbox', { name: /^Min situation nu/ });
  await situation.fill('Jeg har det fint.');

  await server.kill();
  await step.getByRole('button', { name: 'Gem', exact: true }).click();
  await step.getByRole('button', { name: 'Send', exact: true }).click();
  await me.press('Gem');
  await mette.press('Gem kladde');
  await expect(anna.page.getByText(AWAY)).toHaveCount(2);
  for (const person of [me, mette]) await says(person, AWAY).toBeVisible();
  await expect(step.getByLabel('Hvorfor?')).toHaveValue('Min kalender er væk.');
  await expect(comment).toHaveValue('Jeg finder den nok.');
  await expect(situation).toHaveValue('Jeg har det fint.');
  await expect(summary).toHaveValue('Vi fandt en vej.');
  // Pressed again by somebody who has no patience.
  await mette.press('Gem kladde');
  await step.getByRole('button', { name: 'Gem', exact: true }).click();
  await server.start();
  await expect(step.getByText('Fordi: Min kalender er væk.')).toBeVisible(NEXT_TRY);
  await expect(step.getByText('Jeg finder den nok.', { exact: true })).toBeVisible(NEXT_TRY);
  for (const person of [me, mette]) await says(person, /Modtaget kl\./).toBeVisible(NEXT_TRY);
  expect((await stepNow()).version).toBe(version + 1);
  const { comments } = await read(anna, 'citizens/me/plan');
  expect(comments.filter(({ text }) => text === 'Jeg finder den nok.')).toHaveLength(1);
  expect(await minutes()).toMatchObject({ summary: 'Vi fandt en vej.', version: before + 1 });
  expect((await read(me, 'citizens/me/profile')).content.situation).toBe('Jeg har det fint.');
});

test('the session ends while somebody writes: the text stays, and they can log on again', { tag: '@phone' }, async ({ as, server }) => {
  const kim = await as('Kim');
  const preparation = await prepare(kim);
  await server.fail('session_ended');
  await goal(kim).fill('Jeg vil have ro på.');
  await says(kim, 'Du er logget af').toBeVisible();
  await expect(kim.page.getByRole('link', { name: 'Log på igen' })).toBeVisible();
  await expect(goal(kim)).toHaveValue('Jeg vil have ro på.');
  await kim.look();
  await server.fail('none');
  // As after signing in again in another tab.
  await goal(kim).fill('Jeg vil have ro på mig selv.');
  await says(kim, SAVED).toBeVisible();
  await expect(kim.page.getByRole('link', { name: 'Log på igen' })).toHaveCount(0);
  expect((await read(kim, preparation)).drafts.map(({ content }) => content.text)).toEqual(['Jeg vil have ro på mig selv.']);

  // In a form that is sent by its button, as well.
  await kim.visit('/plan');
  await kim.page.getByRole('button', { name: 'Tilføj et skridt' }).click();
  await kim.page.getByLabel('Hvad vil du gøre?').fill('Øve mig i ro');
  await server.fail('session_ended');
  await kim.press('Gem');
  await says(kim, 'Du er logget af').toBeVisible();
  await expect(kim.page.getByLabel('Hvad vil du gøre?')).toHaveValue('Øve mig i ro');
  await server.fail('none');
  await kim.press('Gem');
  await says(kim, /Modtaget kl\./).toBeVisible();

  await server.fail('session_ended');
  await kim.page.goto('/plan');
  await expect(kim.page.getByRole('heading', { level: 1, name: 'Velkommen til Rød Tråd' })).toBeVisible();
  await server.fail('none');
});

test('a slow server: the page says that it is fetching, and nothing is sent twice', { tag: '@phone' }, async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await server.fail('slow');
  await anna.page.getByRole('link', { name: 'Møder', exact: true }).click();
  await says(anna, 'Henter …').toBeVisible();
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Dine møder' })).toBeVisible();
  await server.fail('none');
  await anna.visit('/mig');
  await server.fail('slow');
  await anna.page.getByLabel('Det er jeg god til').first().fill('Jeg er tålmodig.');
  const sent = [];
  anna.page.on('request', (request) => request.method() === 'PUT' && sent.push(request.url()));
  await anna.press('Gem');
  await says(anna, 'Sender …').toBeVisible();
  await anna.press('Gem');
  await says(anna, /Modtaget kl\./).toBeVisible();
  expect(sent).toHaveLength(1);
  await server.fail('none');
});

const FAILURES = [
  ['server_error', 'Noget gik galt hos os'],
  ['database_away', 'Vi kan ikke svare lige nu'],
];

for (const [failure, title] of FAILURES) {
  test(`${failure}: every page says it kindly and recovers, and what is written stays`, { tag: '@phone' }, async ({ as, server }) => {
    test.setTimeout(120_000);
    const kim = await as('Kim');
    const preparation = await prepare(kim);
    await server.fail(failure);
    await goal(kim).fill('Jeg vil gerne spille i et band.');
    await says(kim, failure === 'server_error' ? title : AWAY).toBeVisible();
    await expect(goal(kim)).toHaveValue('Jeg vil gerne spille i et band.');
    await kim.look();
    await server.fail('none');
    if (failure === 'server_error') await kim.press('Prøv igen');
    await says(kim, SAVED).toBeVisible(NEXT_TRY);
    expect((await read(kim, preparation)).drafts).toHaveLength(1);

    // A page that is gone to, and one that is opened.
    for (const go of [() => kim.page.getByRole('link', { name: 'Min plan', exact: true }).first().click(), () => kim.page.goto('/mig')]) {
      await server.fail(failure);
      await go();
      await expect(kim.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(kim.page.getByText(/stadig|er gemt/).first()).toBeVisible();
      await expect(kim.page.getByRole('contentinfo').getByRole('link', { name: /\d\d \d\d/ })).toHaveAttribute('href', /^tel:\d+$/);
      await kim.look();
      await server.fail('none');
      await kim.press('Prøv igen');
      await says(kim, title).toHaveCount(0);
      await kim.look();
    }

    const mette = await as('Mette');
    await mette.visit('/medarbejder/');
    await server.fail(failure);
    await mette.page.getByRole('link', { name: /Per Dam/ }).first().click();
    await says(mette, title).toBeVisible();
    await server.fail('none');
    await mette.press('Prøv igen');
    await mette.look();
  });
}

test('conflict: when every save meets another version, nothing typed is thrown away', { tag: '@phone' }, async ({ as, server }) => {
  const kim = await as('Kim');
  await prepare(kim);
  await server.fail('conflict');
  await goal(kim).fill('Jeg vil gerne bo ved vandet.');
  await says(kim, 'Du har skrevet i teksten to steder').toBeVisible();
  await expect(goal(kim)).toHaveValue('Jeg vil gerne bo ved vandet.');
  await kim.look();
  await server.fail('none');
  await kim.press('Behold teksten her');
  await says(kim, SAVED).toBeVisible();

  await kim.visit('/mig');
  await server.fail('conflict');
  await kim.page.getByLabel('Min situation nu').first().fill('Jeg har det godt.');
  await kim.press('Gem');
  await says(kim, 'Nogen har gemt en ændring før dig').toBeVisible();
  await kim.look();
  await server.fail('none');
  await kim.press('Gem min tekst');
  await says(kim, /Modtaget kl\./).toBeVisible();
  expect((await read(kim, 'citizens/me/profile')).content.situation).toBe('Jeg har det godt.');
});

test('an old page is told to load again and keeps its text', { tag: '@phone' }, async ({ as }) => {
  const kim = await as('Kim');
  await prepare(kim);
  await kim.page.route('**/drafts/*', (route) => route.continue({ headers: { ...route.request().headers(), 'rt-contract': '0' } }));
  await goal(kim).fill('Jeg vil gerne have en hund.');
  await says(kim, 'Siden er blevet opdateret').toBeVisible();
  await expect(kim.page.getByRole('button', { name: 'Hent siden igen' })).toBeVisible();
  await expect(goal(kim)).toHaveValue('Jeg vil gerne have en hund.');
  await kim.page.unroute('**/drafts/*');
  await goal(kim).press('End');
  await goal(kim).pressSequentially('.');
  await says(kim, SAVED).toBeVisible();
});
