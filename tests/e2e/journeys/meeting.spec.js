import { choose, expectSaved, fillDate, inDays } from '../fixtures/filling.js';
import { expect, test } from '../fixtures/test.js';

const GOAL = 'Jeg vil gerne lære at lave mad til mine børn.';
const WHY = 'De spiser for meget pizza.';
const TOPIC = 'Hvem kan passe børnene, når jeg er til møde?';
const ADDED = 'Hvem kan passe børnene, når jeg er til møde? Den mindste er tre år.';
const ANSWER = 'Mormor kan, og vi betaler hendes bus.';
const SUMMARY = 'Vi talte om mad, børn og hverdagen. Du begynder med én ret om ugen.';
const STEP = 'Lave suppe sammen med børnene';
const PROMISE = 'Finde et madhold i nærheden';
const FOURTEEN_DAYS = 14 * 24;

test('what a citizen prepares is opened, put on the agenda, answered, and becomes a step that is done', async ({ as, server }) => {
  test.setTimeout(300_000);
  const kim = await as('Kim Ravn');
  const mette = await as('Mette Holm');

  await test.step('Kim writes a goal and a topic, and it is saved while he writes', async () => {
    await kim.visit('/');
    await expect(kim.page.getByRole('heading', { level: 2, name: 'Vi lærer hinanden at kende.' })).toBeVisible();
    await kim.follow('Forbered mødet');
    await kim.page.getByLabel('Hvad vil du gerne opnå?').fill(GOAL);
    await kim.page.getByText('Skriv mere om det').first().click();
    await kim.page.getByLabel('Hvorfor er det vigtigt for dig?').fill(WHY);
    await kim.page.getByLabel('Hvad vil du tale om eller spørge om?').fill(TOPIC);
    await expectSaved(kim.page, 2);
  });

  await test.step('a draft is nobody else’s to see', async () => {
    await openBrief(mette);
    await expect(mette.page.getByText('Der er ikke noget nyt fra borgeren.')).toBeVisible();
    await expect(mette.page.getByText(TOPIC)).toHaveCount(0);
  });

  await test.step('Kim looks it through, sends it, and gets a receipt', async () => {
    await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
    await expect(kim.page.getByRole('heading', { level: 1, name: 'Se det igennem' })).toBeFocused();
    for (const words of [GOAL, WHY, TOPIC]) await expect(kim.page.getByText(words)).toBeVisible();
    await kim.follow(kim.page.getByRole('button', { name: 'Send', exact: true }));
    await expect(kim.page.getByRole('heading', { level: 1, name: 'Tak. Vi har modtaget det' })).toBeVisible();
    await expect(kim.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
    await kim.follow('Se mødet');
    const yours = kim.page.getByRole('region', { name: 'Det har du sendt til mødet' });
    await expect(yours.getByText('Ikke åbnet endnu.')).toHaveCount(2);
  });

  await test.step('Mette sees that there is something new, and opens it', async () => {
    await mette.visit('/medarbejder/');
    await expect(kimsRow(mette).getByText('2 nye')).toBeVisible();
    await mette.follow(kimsRow(mette).getByRole('link'));
    const news = mette.page.getByRole('region', { name: 'Nyt fra borgeren' });
    for (const words of [GOAL, WHY, TOPIC]) await expect(news.getByText(words)).toBeVisible();
    await mette.page.waitForLoadState('networkidle');
  });

  await test.step('Kim sees who opened it; what he changes later is not opened', async () => {
    await kim.page.reload();
    await kim.look();
    const yours = kim.page.getByRole('region', { name: 'Det har du sendt til mødet' });
    await expect(yours.getByText(/^Åbnet af Mette Holm den .* kl\.\s\d\d\.\d\d\.$/)).toHaveCount(2);
    await kim.follow('Skriv mere, eller ret det');
    const sent = kim.page.getByRole('region', { name: 'Det har du sendt', exact: true });
    // Each that was sent has its own: the topic stands last.
    await sent.getByRole('button', { name: 'Ret det' }).last().click();
    const changing = kim.page.getByLabel('Ret det, du vil tale om').last();
    await expect(changing).toBeFocused();
    await changing.fill(ADDED);
    await expect(kim.page.getByText(/^Gemt kl\./)).toBeVisible();
    await kim.follow(kim.page.getByRole('button', { name: 'Se det igennem' }));
    await expect(kim.page.getByText('Retter det, du har sendt')).toBeVisible();
    await kim.follow(kim.page.getByRole('button', { name: 'Send', exact: true }));
    await kim.follow('Se mødet');
    await expect(yours.getByText(ADDED)).toBeVisible();
    await expect(yours.getByText('Det er ændret siden. Det nye er ikke åbnet endnu.')).toHaveCount(1);
  });

  await test.step('Mette puts the topic on the agenda, and Kim sees it there', async () => {
    await openBrief(mette, '1 ny');
    const news = mette.page.getByRole('region', { name: 'Nyt fra borgeren' });
    await expect(news.getByText(ADDED)).toBeVisible();
    await expect(news.getByText(GOAL)).toHaveCount(0);
    await news.getByRole('button', { name: 'Sæt på dagsordenen' }).click();
    await expect(news.getByText('Står på dagsordenen.')).toBeVisible();
    await kim.page.reload();
    await kim.look();
    const item = kim.page.getByRole('region', { name: 'Det taler vi om' }).getByRole('listitem').filter({ hasText: ADDED });
    await expect(item.getByText('Foreslået af dig')).toBeVisible();
    await expect(kim.page.getByText('Det er ændret siden.')).toHaveCount(0);
  });

  await test.step('the meeting is held; Mette writes what came of it, at first as a draft', async () => {
    await server.later(FOURTEEN_DAYS);
    await mette.visit('/medarbejder/');
    const waiting = mette.page.getByRole('region', { name: 'Referater, der venter' });
    const row = waiting.getByRole('listitem').filter({ hasText: 'Kim Ravn' });
    await expect(row.getByText('Ikke skrevet')).toBeVisible();
    await mette.follow(row.getByRole('link'));
    await outcome(mette, 1, 'Vi svarede', 'Svaret', 'Børnene og maden.');
    await outcome(mette, 2, 'Det hører til et andet sted', 'Hvem kan hjælpe?', 'Biblioteket har kurser om aftenen.');
    await outcome(mette, 3, 'Vi svarede', 'Svaret', ANSWER);
    await mette.page.getByLabel('Kort om mødet').fill(SUMMARY);
    await mette.press('Gem kladde');
    await expect(mette.page.getByText(/^Modtaget kl\./).first()).toBeVisible();
    await kim.page.reload();
    await kim.look();
    await expect(kim.page.getByText('Referatet er ikke klar endnu.')).toBeVisible();
    await expect(kim.page.getByText(ANSWER)).toHaveCount(0);
    await expect(kim.page.getByText(SUMMARY)).toHaveCount(0);
  });

  await test.step('they agree on steps, and the minutes are shared', async () => {
    await agree(mette, STEP, 'Kim Ravn');
    await agree(mette, PROMISE, 'Mette Holm');
    await mette.press('Del med borgeren');
    await mette.page.getByRole('dialog').getByRole('button', { name: 'Ja, del det' }).click();
    await expect(mette.page.getByRole('heading', { name: 'Referatet er delt' })).toBeVisible();
    await mette.look();
  });

  await test.step('Kim reads the minutes with an answer to what he asked', async () => {
    await kim.visit('/');
    const news = kim.page.getByRole('region', { name: 'Nyt, siden du var her sidst' });
    await expect(news.getByText(/^Mette Holm delte referatet fra mødet/)).toBeVisible();
    await kim.follow(kim.page.getByRole('navigation').getByRole('link', { name: 'Møder' }));
    await expect(kim.page.getByText('Nyt referat')).toBeVisible();
    await kim.follow(kim.page.getByRole('link', { name: 'Vi lærer hinanden at kende.' }));
    await expect(kim.page.getByRole('region', { name: 'Referat af mødet' }).getByText(SUMMARY)).toBeVisible();
    const item = kim.page.getByRole('region', { name: 'Det talte vi om' }).getByRole('listitem').filter({ hasText: ADDED });
    await expect(item.getByText(ANSWER)).toBeVisible();
    await kim.page.waitForLoadState('networkidle');
    await kim.follow(kim.page.getByRole('link', { name: 'Møder', exact: true }).last());
    await expect(kim.page.getByText('Nyt referat')).toHaveCount(0);
  });

  await test.step('the step stands under the goal, and Kim marks it done', async () => {
    await kim.follow(kim.page.getByRole('navigation').getByRole('link', { name: 'Min plan' }));
    const goal = kim.page.getByRole('region', { name: GOAL });
    await expect(goal.getByText('0 af 2 skridt')).toBeVisible();
    const step = goal.getByRole('listitem').filter({ hasText: STEP });
    await expect(step.getByRole('link', { name: /^Aftalt/ })).toBeVisible();
    await step.getByRole('button', { name: 'Det er gjort' }).click();
    await expect(step.getByText('Gjort', { exact: true })).toBeVisible();
    await expect(goal.getByText('1 af 2 skridt')).toBeVisible();
    const promise = goal.getByRole('listitem').filter({ hasText: PROMISE });
    await expect(promise.getByText('Mette Holm')).toBeVisible();
    await expect(promise.getByRole('button', { name: 'Det er gjort' })).toHaveCount(0);
    await kim.follow('Se, hvad der er sket');
    await expect(kim.page.getByText(`Du ændrede skridtet “${STEP}” fra “Ikke begyndt” til “Gjort”.`)).toBeVisible();
    await expect(kim.page.getByText(/^Mette Holm delte referatet/)).toBeVisible();
    await expect(kim.page.getByText(`Du sendte målet “${GOAL.slice(0, -1)}”`, { exact: false })).toBeVisible();
  });

  await test.step('Mette sees it', async () => {
    await mette.visit('/medarbejder/');
    await mette.follow(mette.page.getByRole('region', { name: 'Dine borgere' }).getByRole('link', { name: 'Kim Ravn' }));
    await mette.follow('Se planen');
    const step = mette.page.getByRole('listitem').filter({ hasText: STEP });
    await expect(step.getByText('Gjort', { exact: true })).toBeVisible();
    await mette.page.goBack();
    await mette.follow('Historik');
    await expect(mette.page.getByText(`Kim Ravn ændrede skridtet “${STEP}” fra “Ikke begyndt” til “Gjort”.`)).toBeVisible();
  });
});

function kimsRow(mette) {
  return mette.page.getByRole('listitem').filter({ hasText: 'Kim Ravn' }).filter({ has: mette.page.locator('a[href*="/moede/"]') });
}

async function openBrief(mette, news) {
  await mette.visit('/medarbejder/');
  if (news) await expect(kimsRow(mette).getByText(news)).toBeVisible();
  await mette.follow(kimsRow(mette).getByRole('link'));
}

async function outcome(mette, number, kind, label, words) {
  const item = mette.page.getByRole('listitem').filter({ has: mette.page.getByRole('group', { name: `Punkt ${number}:` }) });
  await item.getByRole('radio', { name: kind }).check();
  await item.getByLabel(label).fill(words);
}

async function agree(mette, words, who) {
  const form = mette.page.getByRole('form', { name: 'Tilføj et skridt' });
  await form.getByLabel('Hvad er skridtet?').fill(words);
  await choose(form, 'Hvem gør det?', who);
  await fillDate(form, 'Hvornår senest?', inDays(28));
  await choose(form, 'Hvilket mål hører det til?', GOAL.slice(0, 40));
  await form.getByRole('button', { name: 'Læg i planen' }).click();
  await expect(mette.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
  await expect(form.getByLabel('Hvad er skridtet?')).toHaveValue('');
}
