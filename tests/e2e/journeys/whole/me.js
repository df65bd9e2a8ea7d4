import { expect } from '../../fixtures/test.js';
import { menu, openMeeting } from './acts.js';
import { COMMENT_CHANGED, DISAGREEMENT, GOAL, OTHER_DISAGREEMENT, PROMISE, PURPOSE, REASON, SITUATION, STRENGTH } from './words.js';

/** Vera tells about herself, and chooses what others can read. */
export async function sheTellsAboutHerself({ vera, birthe }) {
  await vera.follow(menu(vera, 'Mig'));
  await vera.fill('Hvad vil du gerne kaldes?', 'Ve');
  await vera.pick('Ring til mig');
  await vera.fill('Er der noget, vi bør vide', 'Ring om formiddagen.');
  await vera.fill('Min situation nu (', SITUATION);
  await vera.tick('Del “Min situation nu”');
  await vera.fill('Det er jeg god til (', STRENGTH);
  await vera.press('Gem');
  await expect(vera.page.getByText(/^Modtaget kl\./)).toBeVisible();
  await vera.look();
  await openMeeting(birthe, PURPOSE);
  await expect(birthe.page.getByRole('heading', { level: 1, name: /^Ve \(Vera / })).toBeVisible();
  await expect(birthe.page.getByText('Ring · Ring om formiddagen.')).toBeVisible();
  await expect(birthe.page.getByText(SITUATION)).toBeVisible();
  await expect(birthe.page.getByText(STRENGTH), 'not shared').toHaveCount(0);
  await vera.tick('Del “Det er jeg god til”');
  await vera.press('Gem');
  await expect(vera.page.getByText(/^Modtaget kl\./)).toBeVisible();
  await birthe.visit(birthe.page.url());
  const words = birthe.page.getByRole('region', { name: 'Borgerens egne ord' });
  await expect(words.getByText(SITUATION)).toBeVisible();
  await expect(words.getByText(STRENGTH)).toBeVisible();
}

/** The language changes, and the page stays; it can also be chosen for good. */
export async function theLanguageChanges({ vera }) {
  await vera.follow(menu(vera, 'Min plan'));
  await vera.press('English');
  await expect(vera.page.getByRole('heading', { level: 1, name: 'My plan' })).toBeVisible();
  await expect(vera.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(vera.page).toHaveURL(/\/plan$/);
  await vera.look();
  await vera.press('Dansk');
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Min plan' })).toBeVisible();
  await vera.follow(menu(vera, 'Mig'));
  await vera.pick('English');
  await vera.press('Gem');
  await expect(vera.page.getByRole('heading', { level: 1, name: 'About me' })).toBeVisible();
  await vera.pick('Dansk');
  await vera.press('Save');
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Om mig' })).toBeVisible();
}

/** Birthe reads what is new in one place, and says of each disagreement whether it is a complaint. */
export async function theBriefIsRead({ birthe }) {
  await openMeeting(birthe, PURPOSE);
  const { page } = birthe;
  await expect(page.getByRole('region', { name: 'Nyt fra borgeren' }).getByText(COMMENT_CHANGED)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Det har vi lovet' }).getByText(PROMISE)).toBeVisible();
  await expect(page.getByText(`Fordi: ${REASON}`).first()).toBeVisible();
  await expect(page.getByText(GOAL).first()).toBeVisible();
  const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
  const order = ['Nyt fra borgeren', 'Det har vi lovet', 'Det aftalte I sidst'];
  expect(headings.filter((heading) => order.includes(heading)), 'the new first').toEqual(order);
  const question = (words) => page.getByRole('region', { name: 'Er det en klage?' }).getByRole('listitem').filter({ hasText: words });
  await birthe.press(question(DISAGREEMENT).getByRole('button', { name: 'Nej. Jeg har spurgt borgeren' }));
  await expect(question(DISAGREEMENT).getByText('Svaret er, at det ikke er en klage.')).toBeVisible();
  await birthe.press(question(OTHER_DISAGREEMENT).getByRole('button', { name: 'Ja, det er en klage' }));
  await expect(question(OTHER_DISAGREEMENT).getByText(/^Svaret er, at det er en klage\./)).toBeVisible();
}
