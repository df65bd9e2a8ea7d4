import { inDays } from '../../fixtures/filling.js';
import { expect } from '../../fixtures/test.js';
import { addStep, menu, openMeeting, say, stepOf, tellState } from './acts.js';
import {
  COMMENT, COMMENT_CHANGED, DISAGREEMENT, DUTY, EFFORT, EFFORT_PURPOSE, GOAL, HER_OTHER_STEP, HER_STEP, NO_NEED,
  OTHER_DISAGREEMENT, OWN_STEP, OWN_STEP_REWORDED, PROMISE, PURPOSE, REASON,
} from './words.js';

const effortOf = (person) => person.page.getByRole('region', { name: EFFORT });

/** An effort cannot be saved without a purpose and the goal it serves. Below it come steps, and a promise. */
export async function anEffortIsStarted({ birthe }) {
  await openMeeting(birthe, PURPOSE);
  await birthe.follow('Se planen');
  await birthe.follow('Sæt en indsats i gang');
  await birthe.choose('Hvilket mål tjener den?', 'Vælg et mål');
  await birthe.fill('Hvad er indsatsen?', EFFORT);
  await birthe.press('Gem indsatsen');
  const summary = birthe.page.getByRole('alert');
  await expect(summary.getByRole('link', { name: 'Vælg noget her.' })).toHaveCount(2);
  await expect(summary.getByRole('link', { name: 'Skriv noget her.' })).toHaveCount(1);
  await birthe.choose('Hvilket mål tjener den?', GOAL);
  await birthe.fill('Hvad er den god for?', EFFORT_PURPOSE);
  await birthe.pick('Et krav');
  await birthe.fill('Hvad sker der, hvis man ikke er med?', DUTY);
  await birthe.choose('Hvem har ansvaret?', 'Samir Aziz');
  await birthe.fillDate('Fra', inDays(3));
  await birthe.follow(birthe.page.getByRole('button', { name: 'Gem indsatsen' }));
  await expect(effortOf(birthe).last().getByText(EFFORT_PURPOSE)).toBeVisible();
  await addStep(birthe, HER_STEP, 'Vera Winther', EFFORT, inDays(5));
  await addStep(birthe, HER_OTHER_STEP, 'Vera Winther', EFFORT, inDays(5));
  await addStep(birthe, PROMISE, 'Samir Aziz', EFFORT, inDays(5));
}

/** Vera adds a step, rewords it and does it; of the others one cannot be done yet, and one is no longer needed. */
export async function stepsAreTold({ vera }) {
  await vera.visit('/plan');
  await expect(effortOf(vera).getByText(EFFORT_PURPOSE)).toBeVisible();
  await expect(effortOf(vera).getByText(DUTY)).toBeVisible();
  await vera.press('Tilføj et skridt');
  await vera.fill('Hvad vil du gøre?', OWN_STEP);
  await vera.choose('Hvilket mål hører det til?', GOAL);
  await vera.press(vera.page.getByRole('form', { name: 'Dit skridt' }).getByRole('button', { name: 'Gem', exact: true }));
  const own = stepOf(vera, OWN_STEP);
  await vera.press(own.getByRole('button', { name: 'Ret skridtet' }));
  await vera.fill(own.getByLabel('Hvad vil du gøre?'), OWN_STEP_REWORDED);
  await vera.press(own.getByRole('button', { name: 'Gem', exact: true }));
  await expect(own.getByText(OWN_STEP_REWORDED, { exact: true })).toBeVisible();
  await tellState(vera, own, 'I gang');
  await vera.press(own.getByRole('button', { name: 'Det er gjort' }));
  await expect(own.getByText('Gjort', { exact: true })).toBeVisible();

  const step = stepOf(vera, HER_STEP);
  await expect(step.getByRole('button', { name: 'Ret skridtet' }), 'the words are Birthe’s').toHaveCount(0);
  await vera.press(step.getByRole('button', { name: 'Fortæl, hvordan det går' }));
  await vera.pick('Kan ikke gøres endnu', step);
  await vera.press(step.getByRole('button', { name: 'Gem', exact: true }));
  await expect(step.getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
  await vera.fill(step.getByLabel('Hvorfor?'), REASON);
  await vera.press(step.getByRole('button', { name: 'Gem', exact: true }));
  await expect(step.getByText(`Fordi: ${REASON}`)).toBeVisible();
  await tellState(vera, stepOf(vera, HER_OTHER_STEP), 'Ikke brug for det mere', NO_NEED);
  const promise = stepOf(vera, PROMISE);
  await expect(promise.getByText('Samir Aziz')).toBeVisible();
  await expect(promise.getByRole('button', { name: 'Fortæl, hvordan det går' }), 'a promise is the municipality’s').toHaveCount(0);
  await expect(vera.page.getByRole('region', { name: GOAL }).getByText(/^\d af \d skridt$/)).toBeVisible();
}

/** Vera comments and changes her words, and disagrees twice. */
export async function wordsAreSaid({ vera }) {
  const step = stepOf(vera, HER_STEP);
  await say(vera, step, 'Skriv om skridtet', 'Din kommentar', COMMENT);
  await vera.press(step.getByRole('button', { name: 'Ret din tekst' }));
  await vera.fill(step.getByRole('textbox', { name: 'Din kommentar' }), COMMENT_CHANGED);
  await vera.press(step.getByRole('button', { name: 'Send', exact: true }));
  await expect(step.getByText(COMMENT_CHANGED, { exact: true })).toBeVisible();
  const beside = effortOf(vera).getByRole('group', { name: `Kommentarer til: ${EFFORT}` });
  await say(vera, beside, 'Jeg er ikke enig i indsatsen', 'Hvad er du ikke enig i?', DISAGREEMENT);
  await expect(beside.getByText('Kommunen ser på, om det er en klage.')).toBeVisible();
  await expect(beside.getByText(/^Du kan klage inden 4 uger/)).toBeVisible();
  await say(vera, stepOf(vera, PROMISE), 'Jeg er ikke enig i skridtet', 'Hvad er du ikke enig i?', OTHER_DISAGREEMENT);
  await vera.look();
}

/** The plan fits on one A4 page. */
export async function thePlanIsPrinted({ vera }) {
  await vera.page.evaluate(() => (window.print = () => (window.wasPrinted = true)));
  await vera.press('Udskriv planen');
  expect(await vera.page.evaluate(() => window.wasPrinted)).toBe(true);
  const paper = await vera.page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  await vera.page.emulateMedia({ media: 'print' });
  await expect(vera.page.getByText(OWN_STEP_REWORDED, { exact: true })).toBeVisible();
  await expect(vera.page.getByRole('button', { name: 'Udskriv planen' })).toBeHidden();
  await vera.page.emulateMedia({ media: null });
}

/** Samir begins what he promised, and answers; he cannot change her words. */
export async function aPromiseIsBegun({ samir }) {
  await samir.visit('/medarbejder/');
  await samir.follow(samir.page.getByRole('region', { name: 'Dine borgere' }).getByRole('link', { name: 'Ve' }));
  await samir.follow('Se planen');
  await tellState(samir, stepOf(samir, PROMISE), 'I gang');
  const hers = stepOf(samir, HER_STEP);
  await say(samir, hers, 'Skriv om skridtet', 'Din kommentar', 'Ja. Vi ringer kl. 10.');
  await expect(hers.getByRole('button', { name: 'Ret din tekst' }), 'only his own').toHaveCount(1);
  const goal = samir.page.getByRole('group', { name: `Kommentarer til: ${GOAL}` });
  await say(samir, goal, 'Skriv om målet', 'Din kommentar', 'Det mål arbejder vi på sammen.');
  await samir.look();
}

/** Two change the effort at once: the second gets both texts, and chooses. */
export async function anEffortIsChangedByTwo({ birthe, samir }) {
  const purpose = 'Hvad er den god for?';
  const [his, hers] = [`${EFFORT_PURPOSE} Du vælger selv dagene.`, `${EFFORT_PURPOSE} Du får en makker.`];
  await openMeeting(birthe, PURPOSE);
  await birthe.follow('Se planen');
  for (const employee of [birthe, samir]) await employee.follow('Ret indsatsen');
  await samir.fill(purpose, his);
  await samir.follow(samir.page.getByRole('button', { name: 'Gem indsatsen' }));
  await birthe.fill(purpose, hers);
  await birthe.press('Gem indsatsen');
  const choice = birthe.page.getByRole('group', { name: 'Nogen har gemt en ændring før dig' });
  await expect(choice).toContainText(his);
  await expect(choice).toContainText(hers);
  await birthe.look();
  await birthe.follow(choice.getByRole('button', { name: 'Gem min tekst' }));
  await expect(effortOf(birthe).last().getByText(hers)).toBeVisible();
}
