import { citizenOf, read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

test('what an employee looked at stands with the citizen, in words', async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/mig');
  await anna.follow('Se, hvem der har set den');
  await expect(anna.page.getByText('Ingen har set i din sag endnu')).toBeVisible();

  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  const { id } = await citizenOf(mette, 'Anna');
  await mette.visit(`/medarbejder/borger/${id}/plan`);
  expect((await read(mette, `citizens/${id}/history`)).events.length).toBeGreaterThan(0);

  await anna.visit('/');
  const news = anna.page.getByRole('listitem').filter({ hasText: 'Andre har set i din sag.' });
  await anna.follow(news.getByRole('link'));
  const look = anna.page.getByRole('listitem').filter({ hasText: 'Din kontaktperson' });
  await expect(look).toHaveCount(1);
  await expect(look).toContainText('Mette');
  await expect(look).toContainText('Så på din plan.');
  await expect(look).toContainText('Så, hvad der er sket.');
  await expect(look.getByText('skrev eller ændrede')).toHaveCount(0);
  await expect(anna.page.getByRole('heading', { level: 2 }).first()).toContainText('i dag');
});
