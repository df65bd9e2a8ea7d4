import { nextMeeting, read } from '../fixtures/api.js';
import { signIn } from '../fixtures/people.js';
import { expect, test } from '../fixtures/test.js';

// An hour later, by the server's clock, four minutes are left; two hours later the session has ended.
test.use({
  settings: {
    ROED_TRAAD_SESSIONS__CITIZEN__IDLE_MINUTES: '64',
    ROED_TRAAD_SESSIONS__CITIZEN__HOURS: '8',
    ROED_TRAAD_SESSIONS__EMPLOYEE__IDLE_MINUTES: '64',
    ROED_TRAAD_SESSIONS__EMPLOYEE__HOURS: '10',
  },
});

const TEXT = 'Jeg vil gerne tale om mine nætter.';

/** Time goes by for the server and for the page: for the page at once, so that it looks at its clock. */
async function hoursGoBy(hours, server, person) {
  await server.later(hours);
  await person.page.clock.fastForward(hours * 60 * 60 * 1000);
}

const lasts = async (person) => (await read(person, 'session')).signed_in?.lasts;
const question = (person) => person.page.getByRole('dialog', { name: 'Er du her stadig?' });

test('who is still here stays signed in with one press, or with Esc', async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.page.clock.install();
  await anna.visit('/plan');
  await expect(question(anna)).toHaveCount(0);
  await hoursGoBy(1, server, anna);
  await expect(question(anna)).toContainText('Om 4 minutter logger vi dig af');
  await anna.look();
  expect((await lasts(anna)).left).toBeLessThan(300);
  await anna.press('Bliv logget på');
  await expect(question(anna)).toBeHidden();
  await expect.poll(async () => (await lasts(anna)).left).toBeGreaterThan(3600);

  await hoursGoBy(1, server, anna);
  await expect(question(anna)).toBeVisible();
  await anna.page.keyboard.press('Escape');
  await expect(question(anna)).toBeHidden();
  await expect.poll(async () => (await lasts(anna)).left).toBeGreaterThan(3600);
});

test('when the session has ended, what was saved is there after signing in, on the same page', async ({ as, server }) => {
  const kim = await as('Kim');
  await kim.page.clock.install();
  await kim.visit('/');
  const { id } = await nextMeeting(kim);
  await kim.visit(`/moeder/${id}/forbered`);
  const goal = kim.page.getByLabel('Hvad vil du gerne opnå?');
  await goal.fill(TEXT);
  await kim.page.clock.runFor(3000);
  await expect(kim.page.getByText(/^Gemt kl\. \d\d\.\d\d$/).first()).toBeVisible();
  await hoursGoBy(2, server, kim);

  await expect(kim.page.getByRole('heading', { name: 'Du er logget af' })).toBeVisible();
  await expect(kim.page.getByText('Luk så browseren, når du går.')).toBeVisible();
  await expect(goal).toHaveCount(0);
  await kim.look();
  await kim.page.getByRole('button', { name: /^Kim Ravn/ }).click();
  await expect(kim.page.getByRole('heading', { name: 'Du er logget på igen' })).toBeVisible();
  expect(new URL(kim.page.url()).pathname).toBe(`/moeder/${id}/forbered`);
  await expect(goal).toHaveValue(TEXT);
  await kim.look();
  await kim.page.reload();
  await expect(goal).toHaveValue(TEXT);
  await expect(kim.page.getByRole('heading', { name: 'Du er logget på igen' })).toHaveCount(0);
});

test('text that is not saved waits, out of sight, until the same person has signed in beside it', { tag: '@desktop' }, async ({ as, server }) => {
  const mette = await as('Mette');
  await mette.page.clock.install();
  const anna = await as('Anna');
  await anna.visit('/');
  const { id } = await nextMeeting(anna);
  await mette.visit('/medarbejder/');
  await mette.follow(mette.page.getByRole('link', { name: /Anna Testsen/ }).first());
  await mette.visit(`${new URL(mette.page.url()).pathname.split('/moede')[0]}/moede/${id}/ret`);
  const purpose = mette.page.getByLabel('Hvorfor mødes I?');
  await purpose.fill(TEXT);
  await hoursGoBy(2, server, mette);
  const ended = mette.page.getByRole('dialog', { name: 'Du er logget af' });
  await expect(ended).toContainText('Din tekst er her stadig');
  await mette.look();

  const tab = await mette.anotherTab();
  await signIn(tab.page, server.url, 'Mette');
  await mette.page.clock.runFor(6000);
  await expect(ended).toBeHidden();
  await expect(purpose).toHaveValue(TEXT);
  await mette.press('Gem ændringen');
  await expect(mette.page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
});

test('somebody else who signs in beside it finds nothing of it', { tag: '@desktop' }, async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.page.clock.install();
  await anna.visit('/mig');
  await anna.page.getByLabel('Min situation nu').first().fill(TEXT);
  await hoursGoBy(2, server, anna);
  await expect(anna.page.getByRole('dialog', { name: 'Du er logget af' })).toBeVisible();
  await signIn(anna.page, server.url, 'Bo');
  await anna.page.clock.runFor(6000);
  await expect(anna.page.getByRole('banner').getByText('Bo Nielsen')).toBeVisible();
  await expect(anna.page.getByLabel('Min situation nu').first()).not.toHaveValue(TEXT);
});

test('the sign-in page leads back into the app, and nowhere else', { tag: '@phone' }, async ({ as }) => {
  for (const [asked, path] of [
    ['/plan', '/plan'],
    ['/medarbejder/', '/'],
    ['https://evil.example/plan', '/'],
    ['//evil.example/plan', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example/plan', '/'],
    ['/a/..//evil.example/plan', '/'],
    ['javascript:alert(1)', '/'],
  ]) {
    const anna = await as();
    await anna.visit(`/log-ind?til=${encodeURIComponent(asked)}`);
    await anna.page.getByRole('button', { name: /^Anna Testsen/ }).click();
    await expect(anna.page.getByRole('banner').getByRole('button', { name: 'Log af', exact: true })).toBeVisible();
    expect(new URL(anna.page.url()).pathname, asked).toBe(path);
  }
});
