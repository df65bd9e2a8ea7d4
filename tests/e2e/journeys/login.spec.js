import { nextMeeting, read } from '../fixtures/api.js';
import { choose, EMPLOYEES, expect, goToProvider, logIn, logOut, test } from '../fixtures/login.js';

const cookies = async (person) => (await person.page.context().cookies('http://127.0.0.1')).map(({ name }) => name).sort();
// A phone has no room for the name, but it is there.
const expectHere = (person, name) => expect(person.page.locator('.rt-header__person')).toHaveText(name);
const heading = (person, name) => person.page.getByRole('heading', { name });

test('login: a citizen logs in with MitID and out again, and is then out at the provider too', async ({ as, server }) => {
  const anna = await as();
  await anna.visit('/plan');
  await logIn(anna, 'Anna Testsen');
  await expectHere(anna, 'Anna');
  const own = (await anna.page.context().cookies()).find(({ name }) => name === '__Host-rt');
  expect(own).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' });
  expect(await cookies(anna)).not.toContain('__Host-rt_login');
  await anna.visit('/mig');
  await anna.page.reload();
  await expectHere(anna, 'Anna');
  // Nothing of the provider's is in the browser's reach.
  expect(await anna.page.evaluate(() => [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join())).not.toMatch(/eyJ|9913/);

  await logOut(anna);
  await expect(heading(anna, 'Du er logget af')).toBeVisible();
  await anna.look();
  expect(await cookies(anna)).not.toContain('__Host-rt');
  await goToProvider(anna);
  // Who it was stands in no log.
  expect(server.log()).toContain('a login');
  expect(server.log()).not.toMatch(/9913|Anna|Testsen|eyJ/);
});

test('login: an employee comes to the page they were going to', async ({ as }) => {
  const mette = await as();
  await mette.visit('/medarbejder/');
  await mette.follow(mette.page.getByRole('link', { name: 'Log på' }));
  await logIn(mette, 'Mette Holm', EMPLOYEES);
  expect(new URL(mette.page.url()).pathname).toBe('/medarbejder/');
  await expectHere(mette, 'Mette Holm');
});

test('login: what comes to nothing gets a page that says what to do', async ({ as }) => {
  test.slow();
  const somebody = await as();
  for (const [link, who, title] of [
    [undefined, 'Afbryd', 'Du er ikke logget ind endnu'],
    [undefined, 'Anna Testsen med lav sikkerhed', 'Dit login skal være mere sikkert'],
    [undefined, 'En fremmed', 'Vi kan ikke finde dig her'],
    [EMPLOYEES, 'Mette Holm uden rolle', 'Du har ikke adgang endnu'],
  ]) {
    await somebody.page.context().clearCookies();
    await somebody.visit('/log-ind');
    await goToProvider(somebody, link);
    await choose(somebody, who);
    await expect(heading(somebody, title)).toBeVisible();
    await somebody.look();
    expect((await read(somebody, 'session')).signed_in).toBeNull();
  }
  // Who comes in at last was not here before, so nobody says that they are back.
  await somebody.visit('/log-ind');
  await goToProvider(somebody, EMPLOYEES);
  await choose(somebody, 'Mette Holm uden rolle');
  await logIn(somebody, 'Mette Holm', EMPLOYEES);
  await expect(heading(somebody, /./).first()).toBeVisible();
  await expect(somebody.page.getByText('Du er logget på igen')).toHaveCount(0);
  await somebody.page.context().clearCookies();
  // A word that nobody knows says nothing.
  await somebody.visit('/log-ind?fejl=%3Cb%3Ehej');
  await expect(heading(somebody, 'Velkommen til Rød Tråd')).toBeVisible();
});

for (const [word, title, english] of [
  ['afbrudt', 'Du er ikke logget ind endnu', 'You are not signed in yet'],
  ['niveau', 'Dit login skal være mere sikkert', 'Your sign-in has to be more secure'],
  ['ukendt', 'Vi kan ikke finde dig her', 'We cannot find you here'],
  ['rolle', 'Du har ikke adgang endnu', 'You do not have access yet'],
  ['udloebet', 'Dit login gælder ikke længere', 'Your sign-in is no longer valid'],
  ['nede', 'Du kan ikke logge ind lige nu', 'You cannot sign in right now'],
  ['for-mange', 'Vent et minut', 'Wait a minute'],
  ['fejl', 'Det gik ikke denne gang', 'It did not work this time'],
]) {
  test(`login: the page for "${word}"`, { tag: '@phone' }, async ({ as }) => {
    const somebody = await as();
    await somebody.visit(`/log-ind?fejl=${word}`);
    await expect(heading(somebody, title)).toBeVisible();
    await somebody.press('English');
    await somebody.look();
    await expect(heading(somebody, english)).toBeVisible();
  });
}

test('login: who has a protected name is told how it is kept, once, and goes on to where they were going', { tag: '@phone' }, async ({ as }) => {
  const jette = await as();
  await jette.visit('/plan');
  await logIn(jette, 'Jette Birk');
  await expect(heading(jette, 'Vi passer på dit navn')).toBeVisible();
  await jette.look();
  await jette.press('English');
  await jette.look();
  await expect(heading(jette, 'We take care of your name')).toBeVisible();
  await jette.press('Dansk');
  await jette.follow(jette.page.getByRole('link', { name: 'Gå videre' }));
  await expect(heading(jette, 'Min plan')).toBeVisible();
  await logOut(jette);
  await jette.visit('/mig');
  await logIn(jette, 'Jette Birk');
  await expect(jette.page.getByText('Dit navn er beskyttet')).toBeVisible();
  await jette.follow(jette.page.getByRole('link', { name: 'Se, hvordan vi passer på dit navn' }));
  await expect(heading(jette, 'Vi passer på dit navn')).toBeVisible();
  // From there one goes on to nowhere but a page of one's own.
  for (const elsewhere of ['https://evil.example/', '//evil.example/', '/.//evil.example/', '/a/..//evil.example/', '/medarbejder/', '/beskyttet-navn?til=/plan']) {
    await jette.visit(`/beskyttet-navn?til=${encodeURIComponent(elsewhere)}`);
    await expect(jette.page.getByRole('link', { name: 'Gå videre' })).toHaveAttribute('href', '/');
  }
});

test('login: an employee who does not come in is told whom to ask', { tag: '@phone' }, async ({ as }) => {
  const somebody = await as();
  for (const [word, words] of [['ukendt', 'Spørg din leder'], ['niveau', 'Spørg jeres it-support'], ['nede', 'Spørg jeres it-support'], ['fejl', 'Spørg jeres it-support']]) {
    await somebody.visit(`/log-ind?fejl=${word}&til=%2Fmedarbejder%2F`);
    await expect(somebody.page.getByText(words)).toBeVisible();
    await expect(somebody.page.getByText('MitID-app')).toHaveCount(0);
  }
});

test('login: a provider that is away gets a page, and an answer is taken in its own browser only', async ({ as, server }) => {
  const anna = await as();
  await anna.visit('/');
  await goToProvider(anna);
  const back = anna.page.waitForRequest((request) => request.url().includes('/login/svar/'));
  await choose(anna, 'Anna Testsen');
  const answer = (await back).url();
  for (const person of [await as(), anna]) {
    await person.page.goto(answer);
    await expect(heading(person, 'Dit login gælder ikke længere')).toBeVisible();
  }
  await server.providers.citizen.stop();
  await server.stop();
  await server.start();
  const bo = await as();
  await bo.visit('/');
  await bo.press(bo.page.getByRole('link', { name: 'Log ind med MitID' }));
  await expect(heading(bo, 'Du kan ikke logge ind lige nu')).toBeVisible();
  await server.providers.citizen.restart();
});

test('login: who is logged out at the provider is logged out here at once', async ({ as, server }) => {
  const anna = await as();
  await anna.visit('/');
  await logIn(anna, 'Anna Testsen');
  const tab = await anna.anotherTab();
  await tab.page.goto(`${server.providers.citizen.issuer}/session/end`);
  await tab.press('Log ud her også');
  await expect(heading(tab, 'Du er logget ud')).toBeVisible();
  expect((await read(anna, 'session')).signed_in).toBeNull();
  await anna.press(anna.page.getByRole('navigation').getByRole('link', { name: 'Min plan' }));
  await expect(heading(anna, 'Du er logget af').first()).toBeVisible();
  await anna.look();
});

test('login: two people one after the other see each their own, and the shared computer ends sooner', async ({ as }) => {
  const person = await as();
  await person.visit('/');
  await person.tick('Jeg bruger en fælles computer');
  await logIn(person, 'Anna Testsen');
  expect((await read(person, 'session')).signed_in.lasts.idle).toBe(600);
  await logOut(person);
  await logIn(person, 'Bo Nielsen');
  await expectHere(person, 'Bo Nielsen');
  await expect(person.page.getByText('Anna')).toHaveCount(0);
  expect((await read(person, 'session')).signed_in.lasts.idle).toBeGreaterThan(600);
});

test.describe('when time goes by', () => {
  test.use({ settings: { ROED_TRAAD_SESSIONS__CITIZEN__IDLE_MINUTES: '64', ROED_TRAAD_SESSIONS__CITIZEN__HOURS: '8' } });

  test('login: after the session has ended, a login leads back to the text', async ({ as, server }) => {
    const text = 'Jeg vil gerne tale om mine nætter.';
    const kim = await as();
    await kim.page.clock.install();
    await kim.visit('/');
    await logIn(kim, 'Kim Ravn');
    const { id } = await nextMeeting(kim);
    await kim.visit(`/moeder/${id}/forbered`);
    const goal = kim.page.getByLabel('Hvad vil du gerne opnå?');
    await goal.fill(text);
    await kim.page.clock.runFor(3000);
    await expect(kim.page.getByText(/^Gemt kl\. \d\d\.\d\d$/).first()).toBeVisible();
    await server.later(2);
    await kim.page.clock.fastForward(2 * 60 * 60 * 1000);
    await expect(heading(kim, 'Du er logget af')).toBeVisible();
    // By the provider's clock. It still knows who it is, and asks all the same: by now it may be somebody else.
    await server.later(-2);
    await logIn(kim, 'Kim Ravn');
    await expect(heading(kim, 'Du er logget på igen')).toBeVisible();
    expect(new URL(kim.page.url()).pathname).toBe(`/moeder/${id}/forbered`);
    await expect(goal).toHaveValue(text);
  });
});

test.describe('when every login is too old to let somebody in', () => {
  test.use({ settings: { ROED_TRAAD_SESSIONS__FRESH_MINUTES: '0' } });

  test('login: before a citizen lets somebody act, they log in once more', { tag: '@phone' }, async ({ as }) => {
    const anna = await as();
    await anna.visit('/mig/fuldmagt');
    await anna.tick('Jeg bruger en fælles computer');
    await logIn(anna, 'Anna Testsen');
    await expect(heading(anna, 'Lad en anden handle for dig')).toBeVisible();
    await expect(anna.page.getByLabel('Personens CPR-nummer')).toHaveCount(0);
    await anna.look();
    await goToProvider(anna, 'Log ind en gang til');
    await choose(anna, 'Afbryd');
    await expect(heading(anna, 'Lad en anden handle for dig')).toBeVisible();
    const asked = anna.page.waitForRequest((request) => request.url().includes('max_age='));
    await goToProvider(anna, 'Log ind en gang til');
    expect((await asked).url()).toContain('prompt=login');
    await choose(anna, 'Anna Testsen');
    await expect(heading(anna, 'Lad en anden handle for dig')).toBeVisible();
    expect(new URL(anna.page.url()).pathname).toBe('/mig/fuldmagt');
    // The computer is still a shared one.
    expect((await read(anna, 'session')).signed_in.lasts.idle).toBe(600);
  });
});
