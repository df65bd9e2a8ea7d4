// Days with 23 and 25 hours, and a browser that keeps another time than Denmark's.
import fs from 'node:fs';
import ICAL from 'ical.js';
import { nextMeeting, read } from '../fixtures/api.js';
import { fillTime, inDays } from '../fixtures/filling.js';
import { expect, test } from '../fixtures/test.js';

const AWAY = { timezoneId: 'America/New_York' };
const SPRING = ['Vi mødes, før uret stilles frem.', 'søndag den 31. marts 2030 kl. 01.30', '2030-03-31T00:30:00.000Z'];
const FIRST = ['Vi mødes den første gang, den er halv tre.', 'søndag den 27. oktober 2030 kl. 02.30', '2030-10-27T00:30:00.000Z'];
const SECOND = ['Vi mødes den anden gang, den er halv tre.', 'søndag den 27. oktober 2030 kl. 02.30', '2030-10-27T01:30:00.000Z'];
const says = (person, words) => expect(person.page.getByText(words).first());
/** As it is written on the page: no line break inside a time. */
const plain = (text) => text.replaceAll('\u00a0', ' ');

/** The clock in Denmark this minute and the one before, as a page writes it. */
function now() {
  const clock = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', hour: '2-digit', minute: '2-digit' });
  return [0, 1].map((minutes) => clock.format(new Date(Date.now() - minutes * 60_000)));
}

async function expectNow(person, words) {
  const told = await person.page.getByText(words).first().innerText();
  expect(now().map((clock) => told.includes(`kl.\u00a0${clock}`) || told.includes(`kl. ${clock}`)), told).toContain(true);
}

test.describe('imported meetings on the nights when the clocks change', () => {
  test.use({ importing: 'tests/e2e/clocks.json' });

  test('each stands at the hour it has in Denmark, wherever the phone is', { tag: '@phone' }, async ({ as }) => {
    test.setTimeout(120_000);
    for (const where of [{}, AWAY]) {
      const nanna = await as('Nanna', where);
      await nanna.visit('/');
      expect(plain(await nanna.page.getByRole('region', { name: SPRING[0] }).innerText())).toContain(SPRING[1]);
      for (const [purpose, when, instant] of [SPRING, FIRST, SECOND]) {
        await nanna.visit('/moeder');
        await nanna.follow(nanna.page.getByRole('link', { name: purpose }));
        expect(plain(await nanna.page.getByRole('main').innerText())).toContain(when);
        const coming = nanna.page.waitForEvent('download');
        await nanna.page.getByRole('link', { name: 'Læg mødet i din kalender' }).click();
        const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(await (await coming).path(), 'utf8')));
        for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
        const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
        expect(event.startDate.toJSDate().toISOString(), purpose).toBe(instant);
      }
      await says(nanna, '20 minutter').toBeVisible();
    }
    const birthe = await as('Birthe', AWAY);
    await birthe.visit('/medarbejder/');
    await birthe.press('Vis også 3 senere møder');
    await says(birthe, 'søndag den 31. marts 2030').toBeVisible();
    await birthe.look();
    const text = plain(await birthe.page.getByRole('main').innerText());
    for (const words of ['søndag den 31. marts 2030', 'søndag den 27. oktober 2030']) expect(text).toContain(words);
    await birthe.follow(birthe.page.getByRole('region', { name: /31\. marts 2030/ }).getByRole('link'));
    // It lasts 45 minutes, over the hour that is not there.
    await says(birthe, /kl\.\s01\.30[–-]03\.15/).toBeVisible();
  });
});

test('a phone that keeps another time shows Danish time, and Danish days', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(120_000);
  const [home, away] = [await as('Kim'), await as('Kim', AWAY)];
  for (const kim of [home, away]) {
    await kim.visit('/');
    await says(kim, /om \d dage/).toBeVisible();
  }
  const card = (kim) => kim.page.getByRole('region', { name: 'Vi lærer hinanden at kende.' });
  expect(await card(away).innerText()).toBe(await card(home).innerText());
  await away.follow('Forbered mødet');
  await away.page.getByLabel('Hvad vil du gerne opnå?').fill('Jeg vil gerne kende klokken.');
  await says(away, /^Gemt kl\./).toBeVisible();
  await expectNow(away, /^Gemt kl\./);
  await away.follow(away.page.getByRole('button', { name: 'Se det igennem' }));
  await away.follow(away.page.getByRole('button', { name: 'Send', exact: true }));
  await expect.poll(async () => plain(await away.page.getByRole('main').innerText())).toMatch(/kl\. \d\d\.\d\d/);
  await expectNow(away, /kl\.\s\d\d\.\d\d/);
});

test('a meeting arranged from another time zone is held at the hour that was typed', { tag: '@desktop' }, async ({ as }) => {
  test.setTimeout(120_000);
  const mette = await as('Mette', AWAY);
  const kim = await as('Kim');
  await kim.visit('/');
  const { id: other } = await nextMeeting(kim);
  await mette.visit('/medarbejder/');
  await mette.follow(mette.page.getByRole('region', { name: 'Dine borgere' }).getByRole('link', { name: 'Kim Ravn' }));
  await mette.follow('Aftal et møde');
  await mette.fill('Hvorfor mødes I?', 'Vi taler om aftenen.');
  const day = inDays(3);
  await mette.fillDate('Dato', day);
  await fillTime(mette.page, 'Klokken', '23', '30');
  await mette.press('Aftal mødet');
  await says(mette, 'Mødet er gemt').toBeVisible();
  await mette.follow('Se mødet');
  await says(mette, /kl\.\s23\.30/).toBeVisible();
  await kim.visit('/');
  await says(kim, 'Vi taler om aftenen.').toBeVisible();
  await says(kim, /om 3 dage/).toBeVisible();
  const next = await nextMeeting(kim);
  expect(next.id).not.toBe(other);
  const clock = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const { summary } = await read(kim, `citizens/me/meetings/${next.id}`);
  expect(clock.format(new Date(summary.time.starts_at))).toBe(clock.format(new Date(day.getFullYear(), day.getMonth(), day.getDate(), 23, 30)));
});
