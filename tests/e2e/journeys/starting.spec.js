// When the app cannot start, or starts late; and in another language.
import { nextMeeting, read } from '../fixtures/api.js';
import { expect, expectNoFaults, expectNoSidewaysScrolling, test } from '../fixtures/test.js';

const BROKEN = [
  ['the connection is gone', '**/*.wasm', (route) => route.abort('internetdisconnected')],
  ['the server fails', '**/*.wasm', (route) => route.fulfill({ status: 500, body: 'no' })],
  ['half of it came', '**/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: '\0asm' })],
  ['its glue is not there', '**/*.js', (route) => route.abort()],
];

test('an app that cannot start says so, with a number to call', { tag: '@phone' }, async ({ as, breakages }) => {
  test.setTimeout(120_000);
  const anna = await as('Anna');
  for (const [why, files, answer] of BROKEN) {
    await anna.page.route(files, answer);
    for (const address of ['/', '/medarbejder/']) {
      await anna.page.goto(address);
      await expect(anna.page.getByRole('heading', { level: 1, name: 'Siden kan ikke starte' }), why).toBeVisible();
      await expect(anna.page.getByRole('link', { name: /^Ring \d/ })).toHaveAttribute('href', /^tel:\d+$/);
    }
    await expectNoFaults(anna.page);
    await expectNoSidewaysScrolling(anna.page);
    await anna.page.unroute(files);
  }
  breakages.length = 0;
  await anna.page.getByRole('link', { name: 'Hent siden igen' }).click();
  await expect(anna.page.getByRole('heading', { level: 1, name: 'For medarbejdere' })).toBeVisible();
  await anna.visit('/');
  await expect(anna.page.getByRole('heading', { level: 1, name: /^Hej Anna/ })).toBeVisible();
});

test('a browser too old for the app, or without scripts, is told whom to call', { tag: '@phone' }, async ({ as }) => {
  const old = await as('Anna');
  await old.page.addInitScript(() => delete window.WebAssembly);
  await old.page.goto('/');
  await expect(old.page.getByRole('heading', { level: 1, name: 'Siden kan ikke starte' })).toBeVisible();
  const quiet = await as('Anna', { javaScriptEnabled: false });
  await quiet.page.goto('/');
  await expect(quiet.page.getByRole('heading', { name: 'Siden kræver JavaScript' })).toBeVisible();
  await expect(quiet.page.getByRole('link', { name: /\d\d \d\d/ }).first()).toHaveAttribute('href', /^tel:\d+$/);
  await quiet.page.close();
});

test('without a connection every page says so, and is there again when it is back', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  for (const [name, heading] of [['Min plan', 'Min plan'], ['Mig', 'Om mig']]) {
    await anna.page.context().setOffline(true);
    await anna.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await expect(anna.page.getByRole('heading', { name: 'Der er ikke forbindelse lige nu' })).toBeVisible();
    await anna.page.context().setOffline(false);
    await anna.press('Prøv igen');
    await expect(anna.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await anna.look();
  }
});

test('switching the language keeps the page and what is typed', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(120_000);
  const kim = await as('Kim');
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  await kim.visit(`/moeder/${id}/forbered`);
  await kim.page.getByLabel('Hvad vil du gerne opnå?').fill('Jeg vil gerne tale engelsk.');
  await kim.press('English');
  await expect(kim.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(kim.page).toHaveURL(new RegExp(`/moeder/${id}/forbered$`));
  const goal = kim.page.getByLabel('What would you like to achieve?');
  await expect(goal).toHaveValue('Jeg vil gerne tale engelsk.');
  await expect.poll(async () => (await read(kim, `citizens/me/meetings/${id}/preparation`)).drafts.map(({ content }) => content.text))
    .toEqual(['Jeg vil gerne tale engelsk.']);
  await kim.press('Dansk');
  await expect(kim.page.getByLabel('Hvad vil du gerne opnå?')).toHaveValue('Jeg vil gerne tale engelsk.');

  // What is not saved by itself: the browser asks first.
  await kim.visit('/mig');
  const situation = kim.page.getByRole('textbox', { name: /^Min situation nu/ });
  await situation.fill('Jeg øver mig.');
  const asked = kim.page.waitForEvent('dialog');
  const pressed = kim.press('English');
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await pressed;
  await expect(situation).toHaveValue('Jeg øver mig.');
  await kim.press('Gem');
  await expect(kim.page.getByText(/^Modtaget kl\./)).toBeVisible();
});
