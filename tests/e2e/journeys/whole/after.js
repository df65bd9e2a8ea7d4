import { linkTo } from '../../fixtures/api.js';
import { inDays } from '../../fixtures/filling.js';
import { expect } from '../../fixtures/test.js';
import { addStep, menu, openMeeting, outcome, say, stepOf } from './acts.js';
import {
  AGREED_STEP, CANCELLED_PURPOSE, COMMENT, COMMENT_CHANGED, DISAGREEMENT, EFFORT, GOAL, HER_OTHER_STEP, HER_STEP, NEXT_PURPOSE,
  NO_NEED, OTHER_DISAGREEMENT, OWN_STEP_REWORDED, PROMISE, PURPOSE, REASON, SUMMARY, TOPIC_CHANGED,
} from './words.js';

const TEN_DAYS = 10 * 24;
const ANSWER = 'Ja. Birthe sender et gavekort til sko.';

/** After the meeting each item gets what came of it, a step is agreed, and the minutes wait until they are shared. */
export async function minutesAreShared({ birthe, vera, server }) {
  await server.later(TEN_DAYS);
  await birthe.visit('/medarbejder/');
  const waiting = birthe.page.getByRole('region', { name: 'Referater, der venter' });
  await birthe.follow(await linkTo(birthe, PURPOSE));
  await outcome(birthe, 1, 'Vi svarede', 'Svaret', ANSWER);
  await outcome(birthe, 2, 'Vi tager det senere', 'Et par ord om det', 'Rosa finder ét sted mere.');
  await birthe.choose('På hvilket møde?', NEXT_PURPOSE);
  await outcome(birthe, 3, 'Det hører til et andet sted', 'Hvem kan hjælpe?', 'Din læge. Ring og bestil en tid.');
  await birthe.fill('Kort om mødet', SUMMARY);
  await birthe.press('Gem kladde');
  await expect(birthe.page.getByText(/^Modtaget kl\./).first()).toBeVisible();
  await addStep(birthe, AGREED_STEP, 'Ve', GOAL, inDays(20));
  await vera.visit('/moeder');
  await vera.follow(vera.page.getByRole('link', { name: PURPOSE }));
  await expect(vera.page.getByText('Referatet er ikke klar endnu.')).toBeVisible();
  await expect(vera.page.getByText(SUMMARY)).toHaveCount(0);
  await birthe.visit('/medarbejder/');
  await expect(waiting.getByText('Kladde, ikke delt')).toBeVisible();
  await birthe.follow(await linkTo(birthe, PURPOSE));
  await birthe.press('Del med borgeren');
  await birthe.press(birthe.page.getByRole('dialog').getByRole('button', { name: 'Ja, del det' }));
  await expect(birthe.page.getByRole('heading', { name: 'Referatet er delt' })).toBeVisible();
  await birthe.follow('Mødet');
  await birthe.follow('Se planen');
  await birthe.follow('Ret indsatsen');
  await birthe.tick('Indsatsen er slut');
  await birthe.follow(birthe.page.getByRole('button', { name: 'Gem indsatsen' }));
}

/** Vera reads the answers, and sees who is late. */
export async function answersAreRead({ vera }) {
  await vera.visit('/');
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Hej Ve' })).toBeVisible();
  const promised = vera.page.getByRole('region', { name: 'Det har kommunen lovet dig' });
  await expect(promised.getByText('Vi er forsinket')).toBeVisible();
  await expect(vera.page.getByRole('region', { name: 'Dine næste skridt' }).getByText(AGREED_STEP)).toBeVisible();
  await vera.follow(menu(vera, 'Møder'));
  const past = vera.page.getByRole('region', { name: 'Møder, der har været' });
  await vera.follow(past.getByRole('link', { name: PURPOSE }));
  await expect(vera.page.getByText(ANSWER)).toBeVisible();
  await expect(vera.page.getByText('Din læge. Ring og bestil en tid.')).toBeVisible();
  const minutes = vera.page.getByRole('region', { name: 'Referat af mødet' });
  await expect(minutes.getByText(SUMMARY)).toBeVisible();
  await say(vera, minutes, 'Skriv om referatet', 'Din kommentar', 'Det passer godt.');
  await vera.follow('Se det møde');
  await expect(vera.page.getByRole('heading', { level: 1, name: NEXT_PURPOSE })).toBeVisible();
  await expect(vera.page.getByRole('region', { name: 'Det aftalte vi sidst' })).toContainText(SUMMARY);
  await expect(vera.page.getByRole('region', { name: 'Hvem er med' }).getByText('Har du mødt før')).toBeVisible();
}

/** The plan as it stands, and all that happened, in sentences. */
export async function historyIsRead({ vera, birthe }) {
  await vera.follow(menu(vera, 'Min plan'));
  await expect(vera.page.getByText(/ikke (er )?en klage\./).first()).toBeVisible();
  await expect(vera.page.getByText('Kommunen behandler det som en klage.')).toBeVisible();
  await expect(vera.page.getByText('Det er slut nu')).toBeVisible();
  await expect(stepOf(vera, AGREED_STEP).getByRole('link', { name: /^Aftalt/ })).toBeVisible();
  await expect(vera.page.getByText('Det mål arbejder vi på sammen.')).toBeVisible();
  await vera.follow('Se, hvad der er sket');
  const sentences = [
    `Du sendte målet “${GOAL}”`,
    `Birthe Lund satte mødet “${PURPOSE}”`,
    `Birthe Lund flyttede mødet “${PURPOSE}” fra`,
    `Birthe Lund aflyste mødet “${CANCELLED_PURPOSE}”`,
    `Du ændrede emnet “${TOPIC_CHANGED}”`,
    `Birthe Lund satte indsatsen “${EFFORT}” i gang.`,
    `Birthe Lund tilføjede skridtet “${HER_STEP}”.`,
    `Du tilføjede skridtet`,
    `Du ændrede skridtet “${OWN_STEP_REWORDED}”`,
    `Du ændrede skridtet “${HER_STEP}” fra “Ikke begyndt” til “Kan ikke gøres endnu”`,
    REASON.slice(0, -1),
    `Du ændrede skridtet “${HER_OTHER_STEP}” fra “Ikke begyndt” til “Ikke brug for det mere”`,
    NO_NEED.slice(0, -1),
    `Du skrev en kommentar: “${COMMENT}”`,
    `Du ændrede en kommentar: “${COMMENT_CHANGED}”`,
    `Du skrev “jeg er ikke enig”: “${DISAGREEMENT}”`,
    `Birthe Lund har forstået det sådan, at det ikke er en klage: “${DISAGREEMENT}”`,
    `Birthe Lund svarede, at dette er en klage: “${OTHER_DISAGREEMENT}”`,
    `Samir Aziz ændrede skridtet “${PROMISE}” fra “Ikke begyndt” til “I gang”.`,
    'Samir Aziz ændrede indsatsen',
    'Birthe Lund delte referatet fra mødet',
    `Birthe Lund sluttede indsatsen “${EFFORT}”.`,
    'Du ændrede siden “Om mig”.',
  ].map((sentence) => sentence.replaceAll('.”', '”'));
  const main = vera.page.getByRole('main');
  const older = vera.page.getByRole('button', { name: 'Vis det, der skete før' });
  while (await older.isVisible()) {
    const shown = await main.getByRole('listitem').count();
    await vera.press(older);
    await expect.poll(() => main.getByRole('listitem').count()).toBeGreaterThan(shown);
  }
  const told = (await main.innerText()).replaceAll('\u00a0', ' ');
  expect(sentences.filter((sentence) => !told.includes(sentence)), `sentences that are lacking in:\n${told}`).toEqual([]);

  await openMeeting(birthe, NEXT_PURPOSE);
  await expect(birthe.page.getByRole('region', { name: 'Det aftalte I sidst' })).toContainText(SUMMARY);
  await expect(birthe.page.getByText('Det passer godt.')).toBeVisible();
  await birthe.follow('Historik');
  await expect(birthe.page.getByText(`Samir Aziz ændrede skridtet “${PROMISE}” fra “Ikke begyndt” til “I gang”.`)).toBeVisible();
}
