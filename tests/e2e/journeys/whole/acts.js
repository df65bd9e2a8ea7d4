// What is done more than once on the way through everything.
import { linkTo } from '../../fixtures/api.js';
import { expect } from '../../fixtures/test.js';
import { fillTime } from '../../fixtures/filling.js';

/** Chooses who to be on the demo's page, as one who logs on. */
export async function logOn(person, name, heading) {
  await expect(person.page.getByRole('heading', { level: 1, name: 'Velkommen til Rød Tråd' })).toBeVisible();
  await person.press(person.page.getByRole('button', { name: new RegExp(`^${name}`) }));
  await expect(person.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await person.look();
}

/** A point of the menu. */
export function menu(person, name) {
  return person.page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name, exact: true });
}

/** Looks it through and sends it. Comes back with the receipt's number. */
export async function send(vera) {
  await vera.follow(vera.page.getByRole('button', { name: 'Se det igennem' }));
  await vera.follow(vera.page.getByRole('button', { name: 'Send', exact: true }));
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible();
  await expect(vera.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
}

/** Adds somebody to a meeting. */
export async function invite(birthe, number, who, why) {
  await birthe.press('Tilføj en person');
  const row = birthe.page.getByRole('group', { name: `Person ${number}`, exact: true });
  await birthe.choose('Hvem', who, row);
  await birthe.fill(row.getByLabel('Hvorfor kommer personen?'), why);
  return row;
}

/** Adds an item to an agenda. */
export async function addItem(birthe, words) {
  await birthe.press('Tilføj et punkt');
  await birthe.fill(birthe.page.getByLabel('Punkt', { exact: true }).last(), words);
}

/** Arranges one more meeting, from a citizen's page. */
export async function arrange(birthe, purpose, date, form, place) {
  await birthe.follow('Til borgerens side');
  await birthe.follow('Aftal et møde');
  await birthe.fill('Hvorfor mødes I?', purpose);
  await birthe.fillDate('Dato', date);
  await fillTime(birthe.page, 'Klokken', '9', '00', birthe.hands);
  await birthe.pick(form);
  await birthe.fill('Sted, nummer eller link', place);
  await invite(birthe, 1, 'Birthe Lund', 'Hun leder mødet.');
  await birthe.press('Aftal mødet');
  await expect(birthe.page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
}

/** Goes from the first screen to a meeting. */
export async function openMeeting(employee, purpose) {
  await employee.visit('/medarbejder/');
  const link = await linkTo(employee, purpose);
  if (!(await link.isVisible())) {
    // Those more than a week away are shown when asked for, in a list drawn anew.
    const later = employee.page.getByRole('button', { name: /^Vis også/ });
    await employee.press(later);
    await expect(later).toHaveCount(0);
  }
  await employee.follow(link);
}

/** Adds a step, on a citizen's plan or below the minutes. */
export async function addStep(birthe, words, who, under, date) {
  const form = birthe.page.getByRole('form', { name: 'Tilføj et skridt' });
  await birthe.fill(form.getByLabel('Hvad er skridtet?'), words);
  await birthe.choose('Hvem gør det?', who, form);
  await birthe.fillDate('Hvornår senest?', date, form);
  await birthe.choose('Hvilket mål hører det til?', under, form);
  await birthe.press(form.getByRole('button', { name: 'Læg i planen' }));
  await expect(birthe.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
}

/** Says how it goes with a step. */
export async function tellState(person, step, state, reason) {
  await person.press(step.getByRole('button', { name: 'Fortæl, hvordan det går' }));
  await person.pick(state, step);
  if (reason) await person.fill(step.getByLabel('Hvorfor?'), reason);
  await person.press(step.getByRole('button', { name: 'Gem', exact: true }));
  await expect(step.getByText(state, { exact: true })).toBeVisible();
  if (reason) await expect(step.getByText(`Fordi: ${reason}`)).toBeVisible();
}

/** Writes a comment or a disagreement. */
export async function say(person, scope, button, label, words) {
  await person.press(scope.getByRole('button', { name: button }).last());
  await person.fill(scope.getByRole('textbox', { name: label }), words);
  await person.press(scope.getByRole('button', { name: 'Send', exact: true }));
  await expect(scope.getByText(words, { exact: true })).toBeVisible();
}

/** Says what came of an item. */
export async function outcome(birthe, number, kind, label, words) {
  const row = birthe.page.getByRole('listitem').filter({ has: birthe.page.getByRole('group', { name: `Punkt ${number}:` }) });
  await birthe.pick(kind, row);
  await birthe.fill(row.getByLabel(label), words);
}

/** The step with those words. */
export function stepOf(person, words) {
  return person.page.getByRole('listitem').filter({ hasText: words });
}
