import { expect, test } from '../fixtures/test.js';

test.use({ settings: { ROED_TRAAD_LIMITS__REQUESTS_PER_MINUTE_PERSON: '12' } });

test('who asks too often is told kindly when to come back, and others are not held up', { tag: '@phone' }, async ({ as }) => {
  const anna = await as('Anna');
  const told = anna.page.getByRole('heading', { name: 'Det gik lidt stærkt' });
  // The count begins anew every minute, so it may take more than twelve.
  for (let visit = 0; visit < 40 && !(await told.isVisible()); visit += 1) {
    await anna.page.goto('/plan');
    await anna.calm();
  }
  await expect(told).toBeVisible();
  await expect(anna.page.getByText('Vent et minut, og prøv så igen. Intet er tabt.')).toBeVisible();
  await anna.look();
  const bo = await as('Bo');
  await bo.visit('/plan');
  await expect(bo.page.getByRole('heading', { level: 1, name: 'Din plan' }).or(bo.page.getByRole('heading', { level: 1, name: 'Min plan' }))).toBeVisible();
});
