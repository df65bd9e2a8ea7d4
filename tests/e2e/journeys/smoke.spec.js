import { expect, test } from '../fixtures/test.js';
import { weigh } from '../fixtures/weight.js';

test('a citizen finds the next meeting, and everything large comes with brotli', async ({ as }) => {
  const anna = await as('Anna');
  const weight = await weigh(anna.page);
  await anna.visit('/');
  // Fonts and icons may come after the words.
  await anna.page.waitForLoadState('networkidle');
  const { parts, responses } = weight();
  expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['Program (wasm)', 'Styles (css)', 'Data']));
  expect(responses.filter(({ path, encoding }) => /\.(wasm|js|css)$/.test(path) && encoding !== 'br'), 'all with brotli').toEqual([]);
});

test('somebody who has not signed in can choose who to be in the demo', async ({ as }) => {
  const somebody = await as();
  await somebody.visit('/');
  await expect(somebody.page.getByText('Anna', { exact: false }).first()).toBeVisible();
});

test('the data is there after a power cut', async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await server.kill();
  await server.start();
  await anna.page.reload();
  await anna.look();
});
