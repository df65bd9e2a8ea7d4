import { expect, test } from '../fixtures/test.js';
import { weigh } from '../fixtures/weight.js';

/** 260 kB is what it may weigh at most; this keeps what was won. docs/measurements.md says what each part weighs. */
const BUDGET = 215_000;
/** Once the program, styles and fonts lie in the browser, only the page, its data and what says "not changed" travel. */
const AGAIN = 20_000;

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

test('something true stands on the screen before any script has run', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await anna.page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await anna.page.goto('/', { waitUntil: 'commit' });
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Et øjeblik' })).toBeVisible();
  await expect(anna.page.getByRole('status')).toHaveText('Vi henter din side.');
  await expect(anna.page.getByRole('link', { name: /\d\d \d\d/ }).first()).toBeVisible();
  go();
  await expect(anna.page.getByRole('heading', { level: 1, name: /^Hej / })).toBeVisible();
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
