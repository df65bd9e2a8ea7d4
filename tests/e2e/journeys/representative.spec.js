// A citizen lets somebody act for them, sees who wrote, and takes it back; the other one's open page is refused kindly.
import { expectSaved, inDays } from '../fixtures/filling.js';
import { CONTRACT } from '../fixtures/server.js';
import { expect, test } from '../fixtures/test.js';

async function give(citizen, { name, cpr, area, days }) {
  await citizen.fill('Hvad hedder personen?', name);
  await citizen.fill('Personens CPR-nummer', cpr);
  if (area) await citizen.tick(area);
  await citizen.fillDate('Hvad er den sidste dag?', inDays(days));
  await citizen.press('Lad personen handle for mig');
}

test('a citizen lets a representative act, sees who wrote, and takes it back', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(240_000);
  const kim = await as('Kim');
  await kim.visit('/mig');
  await kim.follow('Se og vælg, hvem der kan');
  await expect(kim.page.getByText('Ingen kan handle for dig lige nu.')).toBeVisible();

  // What is wrong is said kindly, at its field.
  await give(kim, { name: 'Bo Bendix', cpr: '991301', area: null, days: 30 });
  await expect(kim.page.getByRole('link', { name: 'Skriv et CPR-nummer med ti tal.' })).toBeVisible();
  await expect(kim.page.getByRole('link', { name: 'Sæt mindst ét hak.' })).toBeVisible();
  await kim.look();
  await give(kim, { name: 'Bo Bendix', cpr: '991301-0011', area: 'Job og uddannelse', days: 30 });
  await expect(kim.page.getByRole('link', { name: /Skriv et andet nummer/ })).toBeVisible();
  await give(kim, { name: 'Bo Bendix', cpr: '991301-0002', area: 'Job og uddannelse', days: 400 });
  await expect(kim.page.getByRole('link', { name: /højst et år fra i dag/ })).toBeVisible();
  await give(kim, { name: 'Bo Bendix', cpr: '991301-0002', area: 'Job og uddannelse', days: 30 });
  await expect(kim.page.getByRole('heading', { name: 'Nu kan Bo Bendix handle for dig' })).toBeVisible();
  await kim.look();

  const bo = await as('Bo');
  await bo.visit('/');
  await bo.press('Se sagen for Kim Ravn');
  await expect(bo.page.getByRole('heading', { name: 'Du ser sagen for Kim Ravn' })).toBeVisible();
  await expect(bo.page.getByRole('heading', { level: 1, name: 'Sagen for Kim Ravn' })).toBeVisible();
  await expect(bo.page.getByRole('heading', { name: 'Nyt, siden du var her sidst' })).toHaveCount(0);
  await expect(bo.page.getByRole('link', { name: 'Mig', exact: true })).toHaveCount(0);
  await bo.look();
  await bo.follow('Forbered mødet');
  await expect(bo.page.getByRole('heading', { name: 'Du ser sagen for Kim Ravn' })).toBeVisible();
  await bo.fill('Hvad vil du tale om eller spørge om?', 'Kan Kim få en mentor?');
  await expectSaved(bo.page, 1);
  await bo.follow(bo.page.getByRole('button', { name: 'Se det igennem' }));
  await bo.follow(bo.page.getByRole('button', { name: 'Send', exact: true }));
  await expect(bo.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible();
  await bo.visit('/plan/historik');
  await expect(bo.page.getByText('Bo Bendix, på vegne af Kim', { exact: false }).first()).toBeVisible();

  await kim.visit('/');
  await expect(kim.page.getByText(/Bo Bendix, på vegne af Kim Ravn, .*Kan Kim få en mentor/)).toBeVisible();
  await kim.visit('/mig/set');
  await expect(kim.page.getByText('Bo Bendix, på vegne af Kim Ravn').first()).toBeVisible();

  await kim.visit('/mig/fuldmagt');
  await kim.press('Tag tilbage fra Bo Bendix');
  await Promise.all([kim.page.waitForResponse(/taking-back/), kim.press('Tag det tilbage')]);
  const taken = performance.now();
  const refused = await bo.page.request.get('/api/citizens/me/plan', { headers: CONTRACT });
  expect(refused.status()).toBe(403);
  expect(performance.now() - taken).toBeLessThan(1000);
  await expect(kim.page.getByRole('heading', { name: 'Du har taget det tilbage' })).toBeVisible();
  await expect(kim.page.getByText('Ingen kan handle for dig lige nu.')).toBeVisible();
  await kim.look();

  // His open page too.
  await bo.page.getByRole('link', { name: 'Møder', exact: true }).click();
  await expect(bo.page.getByRole('heading', { level: 1, name: 'Du kan ikke længere se den sag' })).toBeVisible();
  await bo.look();
  await bo.press(bo.page.getByRole('main').getByRole('button', { name: 'Til min egen sag' }).last());
  await expect(bo.page.getByRole('heading', { level: 1, name: 'Hej Bo' })).toBeVisible();
  await expect(bo.page.getByRole('button', { name: /Se sagen for/ })).toHaveCount(0);
});

test('a page of one case writes nothing in another', { tag: '@phone' }, async ({ as }) => {
  const nina = await as('Nina');
  await nina.visit('/forbered');
  const other = await nina.anotherTab();
  await other.visit('/');
  await other.press('Se sagen for Ole Kold');
  await expect(other.page.getByRole('heading', { level: 1, name: 'Sagen for Ole Kold' })).toBeVisible();
  await nina.page.getByRole('navigation').getByRole('link', { name: 'Min plan' }).click();
  await expect(nina.page.getByRole('heading', { level: 1, name: 'Siden er blevet opdateret' })).toBeVisible();
  await nina.press('Hent siden igen');
  await expect(nina.page.getByRole('heading', { name: 'Du ser sagen for Ole Kold' })).toBeVisible();
});
