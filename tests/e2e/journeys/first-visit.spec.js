import { expect, test } from '../fixtures/test.js';
import { weigh } from '../fixtures/weight.js';

/** The aim is 260 kB. Until it is reached this keeps the weight from growing; docs/measurements.md says what each part weighs. */
const BUDGET = 345_000;
/** Once the program, styles and fonts lie in the browser, only the page, its data and what says "not changed" travel. */
const AGAIN = 20_000;

test('the first visit to the first screen weighs no more than it did, and the next one almost nothing', { tag: '@phone' }, async ({ as, server }) => {
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
