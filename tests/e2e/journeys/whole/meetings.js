import { linkTo } from '../../fixtures/api.js';
import fs from 'node:fs';
import ICAL from 'ical.js';
import { expectSaved, fillTime, inDays, longDate } from '../../fixtures/filling.js';
import { expect } from '../../fixtures/test.js';
import { addItem, arrange, invite, logOn, menu, openMeeting, send } from './acts.js';
import { CANCELLED_PURPOSE, FIRST_DAY, MOVED_TO, NEXT_PURPOSE, OTHER_TOPIC, PURPOSE, TOPIC, TOPIC_CHANGED } from './words.js';

/** A meeting cannot be arranged without its purpose; then three are, with people, an agenda, and how to get in. */
export async function meetingsAreArranged({ birthe }) {
  const { page } = birthe;
  await birthe.follow('Aftal et møde');
  await birthe.press('Aftal mødet');
  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
  await expect(summary.getByRole('link', { name: 'Skriv dag, måned og år.' })).toBeVisible();
  await birthe.fill('Hvorfor mødes I?', PURPOSE);
  await birthe.fillDate('Dato', FIRST_DAY);
  await fillTime(page, 'Klokken', '10', '15', birthe.hands);
  await birthe.fill('Minutter', '30');
  await birthe.fill('Sted, nummer eller link', 'Torvegade 1, lokale 4');
  await birthe.choose('Område', 'Job og uddannelse');
  await birthe.fill('Sådan kommer man ind', 'Indgang B. Der er elevator.');
  await birthe.fill('Hvem tager imod?', 'Birthe henter dig.');
  await birthe.fill('Det er godt at have med', 'Din kalender');
  await birthe.fill('Ring hertil ved afbud', '00 10 20 41');
  await invite(birthe, 1, 'Birthe Lund', 'Hun leder mødet.');
  await invite(birthe, 2, 'Samir Aziz', 'Han kender din hverdag.');
  const third = await invite(birthe, 3, 'En anden', 'Hun har et sted, du kan prøve.');
  await birthe.fill(third.getByLabel('Navn'), 'Rosa Kvist');
  await birthe.fill(third.getByLabel('Rolle'), 'gartner');
  for (const words of ['Hvordan har du det?', 'To steder, du kan prøve', 'Det her skal ikke med']) await addItem(birthe, words);
  const last = page.getByRole('group', { name: 'Punkt 3 af 3' });
  await birthe.press(last.getByRole('button', { name: 'Fjern' }));
  await expect(page.getByRole('group', { name: 'Punkt 2 af 2' })).toBeVisible();
  await birthe.press('Aftal mødet');
  await expect(page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
  await birthe.look();
  await arrange(birthe, CANCELLED_PURPOSE, inDays(9), 'Telefon', '00 10 20 45');
  await arrange(birthe, NEXT_PURPOSE, inDays(40), 'Video', 'https://video.example/vera');
}

/** The next meeting on the first screen, what is new on whichever device, and everything about the meeting. */
export async function aMeetingIsSeen({ vera, as }) {
  await vera.visit('/');
  const next = vera.page.getByRole('region', { name: PURPOSE });
  const facts = ['Dit næste møde · om 6 dage', `${longDate(FIRST_DAY)} kl.\u00a010.15`, 'Birthe Lund, Samir Aziz, Rosa Kvist', 'Torvegade 1, lokale 4'];
  for (const words of facts) await expect(next).toContainText(words);
  const news = (person) => person.page.getByRole('region', { name: 'Nyt, siden du var her sidst' });
  await expect(news(vera).getByText(/^Birthe Lund satte mødet/)).toHaveCount(3);
  await vera.page.waitForLoadState('networkidle');
  const phone = await as(undefined, { hands: vera.hands });
  await phone.visit('/');
  await logOn(phone, 'Vera Winther', /^Hej Vera/);
  await expect(news(phone).getByText('Der er ikke sket noget nyt.')).toBeVisible();
  await phone.press(phone.page.getByRole('banner').getByRole('button', { name: 'Log af' }));
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Velkommen til Rød Tråd' })).toBeVisible();

  await vera.follow(menu(vera, 'Møder'));
  const coming = vera.page.getByRole('region', { name: 'Kommende møder' });
  await expect(coming.getByRole('link')).toHaveCount(3);
  await vera.follow(coming.getByRole('link', { name: PURPOSE }));
  await expect(vera.page.getByText(`${longDate(FIRST_DAY)} kl.\u00a010.15`).first()).toBeVisible();
  for (const words of ['30 minutter', 'Vi mødes ansigt til ansigt', 'Torvegade 1, lokale 4', 'Indgang B. Der er elevator.', 'Birthe henter dig.', 'Din kalender']) {
    await expect(vera.page.getByText(words, { exact: true })).toBeVisible();
  }
  const people = vera.page.getByRole('region', { name: 'Hvem kommer' });
  const rosa = people.getByRole('listitem').filter({ hasText: 'Rosa Kvist' });
  await expect(rosa.getByText('Ny for dig')).toBeVisible();
  await expect(rosa).toContainText('Gartner');
  await expect(rosa).toContainText('Hun har et sted, du kan prøve.');
  const agenda = vera.page.getByRole('region', { name: 'Det taler vi om' });
  await expect(agenda.getByRole('listitem')).toHaveCount(2);
  await expect(agenda.getByText('Foreslået af Birthe Lund').first()).toBeVisible();
  await expect(vera.page.getByRole('region', { name: 'Du må tage en med' })).toContainText('bisidder');
  await expect(vera.page.getByRole('region', { name: 'Kan du ikke komme?' }).getByRole('link', { name: '00 10 20 41' })).toBeVisible();
  await expect(vera.page.getByText('Det officielle brev om mødet ligger i Digital Post.')).toBeVisible();
}

/** The calendar file tells when and where, and nothing about why. */
export async function theCalendarHasIt({ vera }) {
  const coming = vera.page.waitForEvent('download');
  await vera.press(vera.page.getByRole('link', { name: 'Læg mødet i din kalender' }));
  const text = fs.readFileSync(await (await coming).path(), 'utf8');
  const [found] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  const event = new ICAL.Event(found);
  expect(event.summary).toBe('Møde med kommunen');
  expect(event.location).toBe('Torvegade 1, lokale 4');
  const start = event.startDate.toJSDate();
  const clock = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', hour: '2-digit', minute: '2-digit' });
  expect(clock.format(start)).toBe('10.15');
  expect(event.duration.toSeconds()).toBe(30 * 60);
  expect(text).not.toContain(PURPOSE.slice(0, 20));
}

/** Vera sends two topics, one with the help of a beginning, and takes one back. */
export async function topicsAreSent({ vera }) {
  await vera.follow('Forbered mødet');
  await vera.press('Jeg vil gerne vide, hvorfor');
  const topic = vera.page.getByLabel('Hvad vil du tale om eller spørge om?');
  await expect(topic).toBeFocused();
  await expect(topic).toHaveValue('Jeg vil gerne vide, hvorfor ');
  await vera.fill(topic, TOPIC);
  await vera.press('Skriv en ting mere');
  await vera.fill('Hvad vil du også tale om?', OTHER_TOPIC);
  await expectSaved(vera.page, 2);
  await send(vera);
  await vera.follow('Se, hvad du har sendt');
  const sent = vera.page.getByRole('region', { name: 'Det har du sendt', exact: true });
  await vera.press(sent.getByRole('button', { name: 'Træk det tilbage' }).last());
  await vera.press(vera.page.getByRole('dialog').getByRole('button', { name: 'Træk det tilbage' }));
  await expect(sent.getByText(/^Trukket tilbage den/)).toBeVisible();
  await vera.look();
}

/** Birthe opens it; what Vera changes after that is not opened. */
export async function aTopicIsOpenedAndChanged({ vera, birthe }) {
  await birthe.visit('/medarbejder/');
  const row = birthe.page.getByRole('listitem').filter({ has: await linkTo(birthe, PURPOSE) });
  await expect(row.getByText(/^\d nye?$/)).toBeVisible();
  await expect(birthe.page.getByRole('heading', { level: 2, name: longDate(FIRST_DAY) })).toBeVisible();
  await openMeeting(birthe, PURPOSE);
  const news = birthe.page.getByRole('region', { name: 'Nyt fra borgeren' });
  await expect(news.getByText(TOPIC)).toBeVisible();
  await expect(birthe.page.getByText(OTHER_TOPIC), 'what was taken back is gone').toHaveCount(0);
  await birthe.page.waitForLoadState('networkidle');

  await vera.visit(vera.page.url());
  const sent = vera.page.getByRole('region', { name: 'Det har du sendt', exact: true });
  await expect(sent.getByText(/^Åbnet af Birthe Lund den .* kl\.\s\d\d\.\d\d\.$/)).toHaveCount(1);
  await vera.press(sent.getByRole('button', { name: 'Ret det' }).first());
  await vera.fill(vera.page.getByLabel('Ret det, du vil tale om').last(), TOPIC_CHANGED);
  await expect(vera.page.getByText(/^Gemt kl\./)).toBeVisible();
  await send(vera);
  await vera.follow('Se mødet');
  const yours = vera.page.getByRole('region', { name: 'Det har du sendt til mødet' });
  await expect(yours.getByText(TOPIC_CHANGED)).toBeVisible();
  await expect(yours.getByText('Det er ændret siden. Det nye er ikke åbnet endnu.')).toBeVisible();
  await vera.follow(menu(vera, 'Min plan'));
  await expect(vera.page.getByText(/^Åbnet af Birthe Lund den/).first(), 'the goal was among the new').toBeVisible();
}

/** Birthe puts the topic first, moves an item down and the meeting to another day, and cancels the other meeting. */
export async function meetingsAreChanged({ birthe }) {
  await openMeeting(birthe, PURPOSE);
  await expect(birthe.page.getByText(TOPIC_CHANGED).first()).toBeVisible();
  await birthe.follow('Ret mødet');
  const agenda = birthe.page.getByRole('region', { name: 'Dagsorden' });
  await birthe.press(agenda.getByRole('button', { name: 'Sæt på dagsordenen' }));
  const place = (number) => agenda.getByRole('group', { name: `Punkt ${number} af 3` });
  await birthe.press(place(3).getByRole('button', { name: 'Flyt op' }));
  await birthe.press(place(2).getByRole('button', { name: 'Flyt op' }));
  await birthe.press(place(2).getByRole('button', { name: 'Flyt ned' }));
  await expect(agenda.getByRole('listitem').first()).toContainText(TOPIC_CHANGED);
  await birthe.fillDate('Dato', MOVED_TO);
  await birthe.press('Gem ændringen');
  await expect(birthe.page.getByRole('heading', { name: 'Mødet er gemt' })).toBeVisible();
  await openMeeting(birthe, CANCELLED_PURPOSE);
  await birthe.follow('Aflys mødet');
  await birthe.press('Aflys mødet');
  await expect(birthe.page.getByRole('alert').getByRole('link', { name: 'Skriv noget her.' })).toBeVisible();
  await birthe.fill('Hvorfor aflyser du?', 'Jeg er på kursus den dag.');
  await birthe.follow(birthe.page.getByRole('button', { name: 'Aflys mødet' }));
  await expect(birthe.page.getByRole('heading', { name: 'Mødet er aflyst' }).first()).toBeVisible();
}

/** Vera sees what was before and what is now. */
export async function changesAreSeen({ vera }) {
  await vera.visit('/');
  const news = vera.page.getByRole('region', { name: 'Nyt, siden du var her sidst' });
  await expect(news.getByText(/^Birthe Lund flyttede mødet .* fra .* til /)).toBeVisible();
  await expect(news.getByText(/^Birthe Lund aflyste mødet/)).toBeVisible();
  await vera.follow(menu(vera, 'Møder'));
  await expect(vera.page.getByText('Flyttet', { exact: true })).toBeVisible();
  await expect(vera.page.getByText('Aflyst', { exact: true })).toBeVisible();
  await vera.follow(vera.page.getByRole('link', { name: PURPOSE }));
  const notice = vera.page.getByRole('status').filter({ hasText: 'Mødet er flyttet' });
  await expect(notice).toContainText(longDate(FIRST_DAY));
  await expect(notice).toContainText(longDate(MOVED_TO));
  const items = vera.page.getByRole('region', { name: 'Det taler vi om' }).getByRole('listitem');
  await expect(items.nth(0)).toContainText(TOPIC_CHANGED);
  await expect(items.nth(0).getByText('Foreslået af dig')).toBeVisible();
  await expect(items.nth(1)).toContainText('To steder, du kan prøve');
  await expect(items.nth(2)).toContainText('Hvordan har du det?');
  await vera.follow(vera.page.getByRole('link', { name: 'Møder', exact: true }).last());
  await vera.follow(vera.page.getByRole('link', { name: CANCELLED_PURPOSE }));
  await expect(vera.page.getByRole('heading', { name: 'Mødet er aflyst' })).toBeVisible();
  await expect(vera.page.getByText('Hvorfor: Jeg er på kursus den dag.', { exact: false })).toBeVisible();
  await expect(vera.page.getByText(`${longDate(inDays(9))} kl.\u00a009.00`).first()).toBeVisible();
}
