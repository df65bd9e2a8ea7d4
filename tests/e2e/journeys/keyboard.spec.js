import { calm, expect, test } from '../fixtures/test.js';
import { keyboard } from '../fixtures/hands.js';
import { enter, expectHeading, pick, tabTo, write } from '../fixtures/keyboard.js';
import { EMPTY, everything } from './whole/everything.js';

const GOAL = 'Jeg vil lære at svømme.';
const TOPIC = 'Er der et hold for begyndere?';
const STEP = 'Finde badebukserne';
const FOURTEEN_DAYS = 14 * 24;

test('the whole way from a goal to a step that is done, by keyboard alone', { tag: '@phone' }, async ({ as, server }) => {
  test.setTimeout(300_000);
  const kim = (await as('Kim Ravn')).page;
  const mette = (await as('Mette Holm')).page;
  const button = (page, name) => page.getByRole('button', { name, exact: true });
  const link = (page, name) => page.getByRole('link', { name });

  await test.step('the first stop leads past the menu', async () => {
    await kim.goto('/');
    await calm(kim);
    await kim.keyboard.press('Tab');
    const skip = link(kim, 'Gå til indholdet');
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await kim.keyboard.press('Enter');
    await expect(kim.getByRole('main')).toBeFocused();
    await kim.keyboard.press('Tab');
    await expect(link(kim, 'Forbered mødet')).toBeFocused();
    await kim.keyboard.press('Enter');
    await expectHeading(kim, 'Forbered dit møde');
  });

  await test.step('what is missing is told first, and each line leads to its field', async () => {
    await enter(kim, button(kim, 'Se det igennem'));
    const summary = kim.getByRole('alert');
    await expect(summary).toBeFocused();
    await enter(kim, summary.getByRole('link', { name: 'Skriv et mål eller en ting, du vil tale om.' }));
    await expect(kim.getByLabel('Hvad vil du gerne opnå?')).toBeFocused();
  });

  await test.step('Kim writes, looks it through, goes back to a text, and sends', async () => {
    await kim.keyboard.type(GOAL);
    await write(kim, kim.getByLabel('Hvad vil du tale om eller spørge om?'), 'Er der et hold?');
    await enter(kim, button(kim, 'Se det igennem'));
    await expectHeading(kim, 'Se det igennem');
    await enter(kim, link(kim, 'Ret teksten').last());
    await expect(kim.getByLabel('Hvad vil du tale om eller spørge om?')).toBeFocused();
    await write(kim, kim.getByLabel('Hvad vil du tale om eller spørge om?'), TOPIC);
    await enter(kim, button(kim, 'Se det igennem'));
    await expectHeading(kim, 'Se det igennem');
    await enter(kim, button(kim, 'Send'));
    await expectHeading(kim, 'Tak. Vi har modtaget det');
  });

  await test.step('a question can be left with Escape, and focus comes back', async () => {
    await enter(kim, link(kim, 'Se, hvad du har sendt'));
    await expectHeading(kim, 'Forbered dit møde');
    const back = button(kim, 'Træk det tilbage').last();
    await enter(kim, back);
    await expect(kim.getByRole('dialog')).toBeVisible();
    await expect(button(kim.getByRole('dialog'), 'Lad det stå')).toBeFocused();
    await kim.keyboard.press('Escape');
    await expect(kim.getByRole('dialog')).toBeHidden();
    await expect(back).toBeFocused();
  });

  await test.step('Mette puts the topic on the agenda and moves it to the top', async () => {
    await mette.goto('/medarbejder/');
    await calm(mette);
    await enter(mette, link(mette, 'Kim Ravn').and(mette.locator('[href*="/moede/"]')));
    await expectHeading(mette, 'Kim Ravn');
    await enter(mette, link(mette, 'Ret mødet'));
    await expectHeading(mette, 'Ret mødet');
    const agenda = mette.getByRole('region', { name: 'Dagsorden' });
    await enter(mette, button(agenda, 'Sæt på dagsordenen'));
    const up = (number) => button(agenda.getByRole('group', { name: `Punkt ${number} af 3` }), 'Flyt op');
    await expect(up(3)).toBeFocused();
    await mette.keyboard.press('Enter');
    await expect(up(2)).toBeFocused();
    await mette.keyboard.press('Space');
    await expect(up(1)).toBeFocused();
    await expect(up(1)).toHaveAttribute('aria-disabled', 'true');
    await expect(agenda.getByRole('status')).toHaveText('Punkt 1 af 3');
    await expect(agenda.getByRole('listitem').first()).toContainText(TOPIC);
    await enter(mette, button(mette, 'Gem ændringen'));
    await expectHeading(mette, 'Ret mødet');
    await expect(mette.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
  });

  await test.step('after the meeting she writes the answers and a step, and shares', async () => {
    await server.later(FOURTEEN_DAYS);
    await mette.goto('/medarbejder/');
    await calm(mette);
    await enter(mette, mette.getByRole('region', { name: 'Referater, der venter' }).getByRole('link', { name: 'Kim Ravn' }));
    await expectHeading(mette, 'Referat');
    for (const number of [1, 2, 3]) {
      const group = mette.getByRole('group', { name: `Punkt ${number}:` });
      await pick(mette, group, 'Vi svarede');
      const row = mette.getByRole('listitem').filter({ has: group });
      await write(mette, row.getByLabel('Svaret'), `Ja, på hold ${number}.`);
    }
    await write(mette, mette.getByLabel('Kort om mødet'), 'Vi fandt et hold for begyndere.');
    const form = mette.getByRole('form', { name: 'Tilføj et skridt' });
    await write(mette, form.getByLabel('Hvad er skridtet?'), STEP);
    await tabTo(mette, form.getByLabel('Hvem gør det?'));
    await mette.keyboard.type('Kim');
    await tabTo(mette, form.getByLabel('Hvilket mål hører det til?'));
    await mette.keyboard.type(GOAL.slice(0, 8));
    await enter(mette, button(form, 'Læg i planen'));
    await expect(mette.locator(':focus')).toHaveText(STEP);
    await enter(mette, button(mette, 'Del med borgeren'));
    const dialog = mette.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await enter(mette, button(dialog, 'Ja, del det'));
    await expect(mette.getByRole('heading', { name: 'Referatet er delt' })).toBeVisible();
  });

  await test.step('Kim finds the step and marks it done', async () => {
    await kim.goto('/');
    await calm(kim);
    await enter(kim, kim.getByRole('navigation').getByRole('link', { name: 'Min plan' }));
    await expectHeading(kim, 'Min plan');
    const goal = kim.getByRole('region', { name: GOAL });
    await enter(kim, goal.getByRole('button', { name: 'Det er gjort' }));
    await expect(kim.locator(':focus')).toHaveText(STEP);
    await expect(goal.getByText('1 af 1 skridt')).toBeVisible();
    await expect(goal.getByRole('listitem').getByText('Gjort', { exact: true })).toBeVisible();
  });
});

test.describe('from an empty database', () => {
  test.use(EMPTY);

  test('everything a citizen and an employee can do, by keyboard alone', { tag: '@desktop' }, async ({ as, server }) => {
    test.setTimeout(600_000);
    await everything({ as, server, hands: keyboard });
  });
});
