import { expectSaved } from '../../fixtures/filling.js';
import { expect } from '../../fixtures/test.js';
import { logOn, menu, send } from './acts.js';
import { GOAL } from './words.js';

/** Nothing is there yet, and each page says what will come. */
export async function nothingIsThere({ vera, birthe, samir }) {
  await vera.visit('/');
  await logOn(vera, 'Vera Winther', /^Hej Vera/);
  await expect(vera.page.getByRole('heading', { name: 'Du har ingen møder lige nu' })).toBeVisible();
  await vera.follow(menu(vera, 'Møder'));
  await expect(vera.page.getByRole('link', { name: 'Skriv et mål' })).toBeVisible();
  await vera.follow(menu(vera, 'Min plan'));
  await expect(vera.page.getByRole('heading', { name: 'Din plan er tom lige nu' })).toBeVisible();
  const people = vera.page.getByRole('region', { name: 'De er med i planen' });
  for (const words of ['Birthe Lund', 'Samir Aziz', 'rådgiver', 'bostøtte', 'Job og Uddannelse', 'Støtte i Hverdagen']) {
    await expect(people.getByText(words).first()).toBeVisible();
  }
  await vera.follow('Se, hvad der er sket');
  await birthe.visit('/medarbejder/');
  await birthe.follow('Log på');
  await logOn(birthe, 'Birthe Lund', 'Mine møder');
  await expect(birthe.page.getByRole('heading', { name: 'Du har ingen møder foran dig' })).toBeVisible();
  await samir.visit('/log-ind');
  await logOn(samir, 'Samir Aziz', 'Mine møder');
}

/** Help, the accessibility statement, and how to reach the municipality. */
export async function helpIsThere({ vera }) {
  await vera.follow(menu(vera, 'Hjælp'));
  for (const words of ['Hvad betyder “Åbnet af”?', 'Må jeg tage en med til mødet?', 'Hvad nu, hvis jeg ikke har MitID?']) {
    await expect(vera.page.getByText(words)).toBeVisible();
  }
  const footer = vera.page.getByRole('contentinfo');
  await expect(footer).toContainText('Fjordby Kommune');
  await expect(footer.getByRole('link', { name: /^Telefon/ })).toHaveAttribute('href', /^tel:\d{8}$/);
  await expect(footer.getByRole('link', { name: /@/ })).toHaveAttribute('href', /^mailto:/);
  await expect(footer.getByRole('link', { name: 'Dine data' })).toHaveAttribute('href', /\S/);
  await expect(footer.getByRole('link', { name: 'Tilgængelighed' })).toHaveAttribute('href', '/was');
  await vera.follow(footer.getByRole('link', { name: 'Tilgængelighed' }));
  await expect(vera.page).toHaveURL(/\/tilgaengelighed$/);
  await expect(vera.page.getByRole('heading', { level: 1, name: 'Tilgængelighed' })).toBeVisible();
}

/** Vera writes a goal without a meeting, with help. It is a draft that nobody else sees, until she sends it. */
export async function aGoalIsSent({ vera, birthe }) {
  await vera.visit('/plan');
  await vera.follow('Skriv et mål');
  await expect(vera.page.getByText('Vi læser ikke det, du skriver, med det samme.').first()).toBeVisible();
  await expect(vera.page.getByRole('link', { name: '112' }).or(vera.page.getByText('112')).first()).toBeVisible();
  await vera.fill('Hvad vil du gerne opnå?', GOAL);
  await vera.press(vera.page.getByText('Skriv mere om det').first());
  await vera.fill('Hvorfor er det vigtigt for dig?', 'Jeg bliver glad af luft og jord.');
  await vera.fill('Hvad kan være et lille første skridt?', 'Tale med en gartner.');
  await vera.choose('Hvad handler det mest om?', 'Job og uddannelse');
  await vera.tick('Skrevet med hjælp fra en anden');
  await vera.fill('Hvem har hjulpet dig?', 'min bror');
  await expectSaved(vera.page, 1);
  await birthe.visit('/medarbejder/');
  await birthe.follow('Vera Winther');
  await birthe.follow('Se planen');
  await expect(birthe.page.getByRole('heading', { name: 'Din plan er tom lige nu' })).toBeVisible();
  await expect(birthe.page.getByText(GOAL)).toHaveCount(0);

  await send(vera);
  await expect(vera.page.getByText('Har du sendt mål, står de i din plan med dine egne ord.')).toBeVisible();
  await vera.follow('Se din plan');
  const goal = vera.page.getByRole('region', { name: GOAL });
  await expect(goal.getByText('Skrevet med hjælp fra min bror.')).toBeVisible();
  await expect(goal.getByText('Ikke åbnet endnu.')).toBeVisible();
  await birthe.visit(birthe.page.url());
  await expect(birthe.page.getByRole('heading', { name: GOAL })).toBeVisible();
  await expect(birthe.page.getByText('Ret målet'), 'a goal is its citizen’s to change').toHaveCount(0);
}

/** Birthe finds her among her own citizens. */
export async function aCitizenIsFound({ birthe }) {
  await birthe.visit('/medarbejder/');
  const search = birthe.page.getByRole('searchbox', { name: 'Søg blandt dine borgere' });
  await birthe.fill(search, 'vera');
  await birthe.press('Søg');
  await expect(birthe.page.getByRole('heading', { name: '1 borger fundet' })).toBeVisible();
  await birthe.fill(search, 'Kong Lear');
  await birthe.press('Søg');
  await expect(birthe.page.getByText('Ingen af dine borgere hedder det.').last()).toBeVisible();
  await birthe.press('Vis alle dine møder');
  await expect(birthe.page.getByRole('link', { name: 'Otto Krag' })).toBeVisible();
  await birthe.follow('Vera Winther');
}
