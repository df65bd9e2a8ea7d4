import { nextMeeting } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

/** What the browser asks, and the answers in turn; a question too many is answered with no. */
function answering(page, ...answers) {
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    return answers.shift() ? dialog.accept() : dialog.dismiss();
  });
  return asked;
}

const heading = (person, name) => person.page.getByRole('heading', { level: 1, name });

test('who leaves a text that is not saved is asked once, by link and by the back button', async ({ as }, info) => {
  const kim = await as('Kim');
  await kim.visit('/plan');
  await kim.follow(kim.page.getByRole('link', { name: 'Mig', exact: true }));
  const words = kim.page.getByLabel('Min situation nu').first();
  await words.fill('Jeg har det godt.');
  const asked = answering(kim.page, false, false, true);

  // A link, and no: everything stays.
  await kim.page.getByRole('link', { name: 'Møder', exact: true }).click();
  await expect.poll(() => asked.length).toBe(1);
  await expect(words).toHaveValue('Jeg har det godt.');
  expect(new URL(kim.page.url()).pathname).toBe('/mig');

  // The back button, and no: the page and its address stay. Playwright waits for what does not happen.
  await kim.page.evaluate(() => history.back());
  await expect.poll(() => asked.length).toBe(2);
  await expect.poll(() => new URL(kim.page.url()).pathname).toBe('/mig');
  await expect(words).toHaveValue('Jeg har det godt.');
  await expect(heading(kim, 'Om mig')).toBeVisible();

  // The back button, and yes.
  await kim.page.evaluate(() => history.back());
  await expect(heading(kim, 'Min plan')).toBeVisible();
  expect(new URL(kim.page.url()).pathname).toBe('/plan');
  expect(asked).toHaveLength(3);
  for (const question of asked) expect(question).toMatch(/\?$/);
  await kim.look();

  // A page without unsaved text asks nothing, on the way back as well.
  await kim.follow(kim.page.getByRole('link', { name: 'Mig', exact: true }));
  await kim.page.evaluate(() => history.back());
  await expect(heading(kim, 'Min plan')).toBeVisible();
  expect(asked, info.project.name).toHaveLength(3);
});

test('an employee is asked before a link away from a meeting that is being arranged', { tag: '@desktop' }, async ({ as }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  const { id } = await nextMeeting(anna);
  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  await mette.page.getByRole('link', { name: /Anna/ }).first().click();
  const citizen = new URL(mette.page.url()).pathname.split('/')[3];
  await mette.visit(`/medarbejder/borger/${citizen}/moede/${id}/ret`);
  await mette.page.getByLabel('Hvorfor mødes I?').fill('Vi taler om noget andet.');
  const asked = answering(mette.page, false, true);
  await mette.page.getByRole('link', { name: 'Fortryd' }).click();
  await expect.poll(() => asked.length).toBe(1);
  await expect(mette.page.getByLabel('Hvorfor mødes I?')).toHaveValue('Vi taler om noget andet.');
  await mette.page.getByRole('link', { name: 'Fortryd' }).click();
  await expect(mette.page).not.toHaveURL(/\/ret$/);
  expect(asked).toHaveLength(2);
});
