import { expect, expectNoFaults, expectNoSidewaysScrolling, test } from '../fixtures/test.js';
import { weigh } from '../fixtures/weight.js';

/** 260 kB is what it may weigh at most; this keeps what was won. docs/measurements.md says what each part weighs. */
const BUDGET = 222_000;
/** Once the program, styles and fonts lie in the browser, only the page, its data and what says "not changed" travel. */
const AGAIN = 20_000;

/** Files wait until what this gives back is called. */
async function hold(page, files) {
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await page.route(files, async (route) => {
    await held;
    await route.continue();
  });
  return go;
}

test('the first visit to the first screen weighs little, and the next one almost nothing', { tag: '@phone' }, async ({ as, server }) => {
  const anna = await as('Anna');
  const first = await weigh(anna.page);
  await anna.visit('/');
  await expect(anna.page.getByRole('heading', { level: 1, name: /^Hej / })).toBeVisible();
  await anna.page.waitForLoadState('networkidle');
  const { total, parts, responses } = first();
  expect(responses.filter(({ path, encoding }) => /\.(wasm|js|css)$/.test(path) && encoding !== 'br'), 'all with brotli').toEqual([]);
  expect(responses.filter(({ path }) => path.includes('staff')), "nothing of the caseworkers' part").toEqual([]);
  expect(total, `${server.url}: ${JSON.stringify(parts)}`).toBeLessThanOrEqual(BUDGET);

  const again = await weigh(anna.page);
  await anna.visit('/');
  await anna.page.waitForLoadState('networkidle');
  expect(again().total, JSON.stringify(again().parts)).toBeLessThanOrEqual(AGAIN);
});

test('something true stands on the screen before the program has come, and is no other when it has', { tag: '@phone' }, async ({ as }) => {
  for (const language of ['da', 'en']) {
    const anna = await as('Anna');
    await anna.visit('/');
    if (language === 'en') await anna.press('English');
    const go = await hold(anna.page, '**/*.wasm');
    const answer = await hold(anna.page, '**/api/citizens/me/home');
    await anna.page.goto('/', { waitUntil: 'commit' });
    const heading = anna.page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText({ da: 'Et øjeblik', en: 'One moment' }[language]);
    await expect(anna.page.getByRole('status')).toHaveText({ da: 'Vi henter din side.', en: 'We are fetching your page.' }[language]);
    await expect(anna.page.getByRole('link', { name: /\d\d \d\d/ }).first()).toBeVisible();

    answer();
    await expect(heading).toHaveText({ da: /^Hej Anna/, en: /^Hello Anna/ }[language]);
    const first = anna.page.locator('.rt-card--next:visible');
    const said = async () => ({
      hello: await heading.textContent(),
      eyebrow: (await first.locator('.rt-card__eyebrow').textContent()).split(' · ')[0],
      purpose: await first.getByRole('heading').textContent(),
      // The browser's own form has a space that does not break.
      when: (await first.locator('dl > div').first().textContent()).replaceAll(/\s/g, ' '),
      place: await first.getByRole('heading').evaluate((element) => Math.round(element.getBoundingClientRect().left)),
    });
    await expect(first.locator('dl > div').first().locator('dd')).toHaveText(/\d/);
    const before = await said();
    await expectNoFaults(anna.page);
    await expectNoSidewaysScrolling(anna.page);

    go();
    await expect(anna.page.getByRole('navigation', { name: 'Menu' })).toBeVisible();
    await expect(anna.page.locator('#frame')).toHaveCount(0);
    expect(await said()).toEqual(before);
    await expect(heading, 'the browser begins at the top by itself').not.toBeFocused();
    await anna.page.close();
  }
});

test('a meeting that is called off or moved waits for all its words', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  for (const change of [(meeting) => (meeting.is_cancelled = true), (meeting) => (meeting.moved_from = meeting.time)]) {
    const go = await hold(anna.page, '**/*.wasm');
    await anna.page.route('**/api/citizens/me/home', async (route) => {
      const home = await (await route.fetch()).json();
      change(home.next_meeting);
      await route.fulfill({ json: home });
    });
    const answered = anna.page.waitForResponse('**/api/citizens/me/home');
    await anna.page.goto('/', { waitUntil: 'commit' });
    await (await answered).finished();
    await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Et øjeblik');
    go();
    await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(/^Hej Anna/);
    await expect(anna.page.locator('.rt-card--next .rt-notice--warning')).toBeVisible();
    await anna.page.unrouteAll();
  }
});

test('a page whose code does not come says so, and comes at the second try', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await expect(anna.page.getByRole('heading', { level: 1, name: /^Hej / })).toBeVisible();
  const part = '**/citizen-*-split_plan.wasm';
  await anna.page.route(part, (route) => route.abort('connectionreset'), { times: 1 });
  const menu = anna.page.getByRole('navigation', { name: 'Menu' });
  await anna.page.route('**/api/session', (route) => route.abort('connectionreset'), { times: 1 });
  await menu.getByRole('link', { name: 'Min plan' }).click();
  await expect(anna.page.getByRole('heading', { name: 'Der er ikke forbindelse lige nu' })).toBeVisible();
  await anna.page.getByRole('button', { name: 'Prøv igen' }).click();
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Min plan' })).toBeVisible();
});

test('a page from before an update offers to load itself anew', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await expect(anna.page.getByRole('heading', { level: 1, name: /^Hej / })).toBeVisible();
  await anna.page.route('**/citizen-*-split_plan.wasm', (route) => route.fulfill({ status: 404 }), { times: 1 });
  await anna.page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Min plan' }).click();
  await anna.page.getByRole('button', { name: 'Hent siden igen' }).click();
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Min plan' })).toBeVisible();
});
