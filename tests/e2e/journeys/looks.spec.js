// How a page looks where axe does not: while it waits, on paper, and in another language.
import { read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

test('waiting shows after 300 milliseconds, so that a quick answer does not flicker', { tag: '@phone' }, async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await server.fail('slow');
  await anna.page.getByRole('link', { name: 'Møder', exact: true }).click();
  const waiting = anna.page.locator('[aria-busy="true"]');
  // By the style: how long it is hidden does not depend on how fast the machine is. One that waits for the page's code gives way
  // to one that waits for its data.
  const hidden = () => waiting.evaluate((element) => {
    const { animationDelay: delay, animationFillMode: fill } = getComputedStyle(element);
    return [delay, fill];
  });
  await expect.poll(hidden).toEqual(['0.3s', 'backwards']);
  await expect(waiting).toBeVisible();
  await server.fail('none');
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Dine møder' })).toBeVisible();
});

test('a rich plan is one A4 page on paper', { tag: '@desktop' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/plan');
  const { goals, efforts, steps, comments } = await read(anna, 'citizens/me/plan');
  expect([goals, efforts, steps, comments].map(({ length }) => length).every((count, at) => count >= [3, 3, 7, 2][at]), 'it is rich').toBe(true);
  const paper = await anna.page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await anna.page.emulateMedia({ media: 'print' });
  for (const { text } of goals) await expect(anna.page.getByRole('heading', { name: text })).toBeVisible();
  for (const { title } of steps) await expect(anna.page.getByText(title, { exact: true }).first()).toBeVisible();
  await expect(anna.page.getByRole('button')).toHaveCount(0);
  await anna.page.emulateMedia({ media: 'screen' });
});

test('what people wrote is marked as Danish on a page in English, and only there', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/plan');
  const goal = anna.page.getByRole('heading', { name: 'Jeg vil gerne arbejde med dyr igen.' });
  await expect(goal).not.toHaveAttribute('lang');
  await anna.page.getByRole('button', { name: 'English' }).click();
  await expect(anna.page.getByRole('heading', { level: 1, name: 'My plan' })).toBeVisible();
  await expect(goal).toHaveAttribute('lang', 'da');
  for (const words of await anna.page.getByRole('blockquote').all()) await expect(words).toHaveAttribute('lang', 'da');
});
