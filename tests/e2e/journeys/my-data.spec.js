// "Det, vi har om dig": what is kept, as a page and as a file; what was deleted; who has looked, and when one may know of it.
import fs from 'node:fs';
import { citizenOf, nextMeeting, read, write } from '../fixtures/api.js';
import { expectSaved, inDays } from '../fixtures/filling.js';
import { CONTRACT } from '../fixtures/server.js';
import { expect, test } from '../fixtures/test.js';

const GOAL = 'Jeg vil lære at bage rugbrød til naboerne.';
const TOPIC = 'Kan jeg få mødet lagt om eftermiddagen?';
const DAYS = 24;

const data = (person) => read(person, 'citizens/me/data.json');
const draft = (kind, text) => ({ kind, meeting: null, text });

test('a citizen reads what is kept about them, stores it as a file, and sees what was deleted', async ({ as, server }) => {
  const anna = await as('Anna');
  await anna.visit('/forbered');
  await anna.fill('Hvad vil du gerne opnå?', GOAL);
  await expectSaved(anna.page, 1);
  await anna.visit('/mig');
  await anna.follow('Se og hent dine data');
  await expect(anna.page.getByRole('heading', { level: 1, name: 'Det, vi har om dig' })).toBeVisible();
  await expect(anna.page.getByRole('heading', { level: 3, name: GOAL })).toBeVisible();
  await expect(anna.page.getByText('991301-0001', { exact: true })).toBeVisible();
  await expect(anna.page.getByRole('heading', { level: 2, name: 'Det er slettet (0)' })).toBeVisible();
  const { purpose } = await nextMeeting(anna);
  await expect(anna.page.getByRole('heading', { level: 3, name: purpose }).first()).toBeVisible();

  const [file] = await Promise.all([
    anna.page.waitForEvent('download'),
    anna.press(anna.page.getByRole('link', { name: 'Hent mine data' })),
  ]);
  expect(file.suggestedFilename()).toBe('roed-traad-mine-data.json');
  const text = fs.readFileSync(await file.path(), 'utf8');
  const stored = JSON.parse(text);
  expect(stored.citizen.drafts.map((one) => one.text)).toContain(GOAL);
  const { people } = await read(anna, 'demo/people');
  const others = people.filter(({ actor, name }) => actor.citizen && !name.startsWith('Anna')).map(({ name }) => name);
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter((name) => text.includes(name)), 'nothing of anybody else').toEqual([]);

  // One is thrown away, the other lies until it is old.
  const thrown = '0190a000-0000-7000-8000-00000000da7a';
  await write(anna, `citizens/me/drafts/${thrown}`, draft('topic', TOPIC));
  const gone = await anna.page.request.delete(`/api/citizens/me/drafts/${thrown}`, { headers: { ...CONTRACT, 'if-match': '"1"' } });
  expect(gone.status()).toBe(204);
  await server.later(91 * DAYS);
  await expect.poll(async () => (await data(anna)).deletions.map(({ reason }) => reason)).toEqual(['retention', 'thrown_away']);
  await anna.page.reload();
  await anna.look();
  await expect(anna.page.getByRole('heading', { level: 2, name: 'Det er slettet (2)' })).toBeVisible();
  await expect(anna.page.getByText(/kladder?\. Vi slettede det, fordi det var gammelt\./)).toBeVisible();
  await expect(anna.page.getByText(/1 kladde\. Du smed det selv væk\./)).toBeVisible();
  await expect(anna.page.getByText(GOAL)).toHaveCount(0);
});

test('where somebody may come to harm, looks are told when the last day is over', async ({ as, server }) => {
  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  const { id } = await citizenOf(mette, 'Anna');
  await mette.visit(`/medarbejder/borger/${id}`);
  await mette.press(mette.page.getByText('Vis opslag senere for borgeren'));
  await mette.pick('Fare for vold');
  await mette.fill('Begrund det', 'Anna er bange for en, der kan læse med.');
  await mette.fillDate('Til og med hvilken dag?', inDays(2));
  await mette.look();
  await mette.press('Vis opslag senere');
  await expect(mette.page.getByText(/Borgeren ser ikke nye opslag i sagen til og med/)).toBeVisible();
  await mette.look();

  const anna = await as('Anna');
  const looked = anna.page.getByText('Så på din plan.');
  await anna.visit('/mig/set');
  const before = await read(anna, 'citizens/me/looks');
  await mette.visit(`/medarbejder/borger/${id}/plan`);
  await anna.page.reload();
  await anna.look();
  await expect(looked).toHaveCount(0);
  expect(await read(anna, 'citizens/me/looks')).toEqual(before);
  expect(JSON.stringify(await data(anna))).not.toMatch(/bange for en|violence|delay/);

  await server.later(4 * DAYS);
  await anna.visit('/mig/set');
  await expect(looked).toHaveCount(1);
  await expect(anna.page.getByText('skrev eller ændrede')).toHaveCount(0);
  await mette.visit(`/medarbejder/borger/${id}`);
  await expect(mette.page.getByText(/Borgeren ser ikke nye opslag/)).toHaveCount(0);
});

test('a citizen signs out on every device at once', async ({ as }) => {
  const [phone, library] = [await as('Anna'), await as('Anna')];
  await library.visit('/plan');
  await phone.visit('/mig');
  await phone.press('Log af alle steder');
  await expect(phone.page.getByRole('button', { name: 'Ja, log mig af alle steder' })).toBeFocused();
  await phone.press('Nej, bliv');
  await phone.press('Log af alle steder');
  await phone.look();
  await phone.press('Ja, log mig af alle steder');
  await expect(phone.page.getByRole('heading', { name: 'Du er logget af alle steder' })).toBeVisible();
  await phone.look();
  expect((await read(library, 'session')).signed_in).toBeNull();
});
