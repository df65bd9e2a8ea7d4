import { citizenOf, nextMeeting, read } from '../fixtures/api.js';
import { signIn } from '../fixtures/people.js';
import { CONTRACT } from '../fixtures/server.js';
import { expectLargeTargets } from '../fixtures/targets.js';
import { expect, test } from '../fixtures/test.js';

/** Looks at each page, and tells of all that is wrong, not only of the first. */
async function lookAtAll(person, addresses, more = async () => {}) {
  const faults = [];
  for (const address of addresses) {
    try {
      await person.visit(address);
      await expectLargeTargets(person.page);
      await more(address);
    } catch (error) {
      faults.push(`${address}: ${error.message}`);
    }
  }
  expect(faults, 'nothing is wrong on any page').toEqual([]);
}

async function everybody(person, server) {
  const answer = await person.page.request.get(`${server.url}/api/demo/people`, { headers: CONTRACT });
  return (await answer.json()).people;
}

async function pagesOf(citizen) {
  const { next_meeting: next } = await read(citizen, 'citizens/me/home');
  return ['/', '/moeder', ...(next ? [`/moeder/${next.id}`] : []), '/plan', '/plan/historik', '/mig'];
}

async function staffPages(employee) {
  const addresses = ['/medarbejder/'];
  // A meeting that comes, and one that is over and has no shared minutes.
  for (const name of ['Anna', 'Per']) {
    const { id } = await citizenOf(employee, name);
    const { meetings } = await read(employee, `citizens/${id}/file`);
    const meeting = meetings.find(({ has_begun: begun }) => begun === (name === 'Per'));
    const { efforts } = await read(employee, `citizens/${id}/plan`);
    const base = `/medarbejder/borger/${id}`;
    addresses.push(
      base, `${base}/plan`, `${base}/plan/indsats`, `${base}/historik`, `${base}/nyt-moede`,
      ...efforts.slice(0, 1).map((effort) => `${base}/plan/indsats/${effort.id}`),
      ...['', '/ret', '/aflys', '/referat'].map((page) => `${base}/moede/${meeting.id}${page}`),
    );
  }
  return addresses;
}

test('every citizen of the demo can read every page', async ({ as, server }, info) => {
  test.setTimeout(600_000);
  const somebody = await as();
  await somebody.visit('/');
  const faults = [];
  const citizens = (await everybody(somebody, server)).filter(({ actor }) => actor.citizen);
  expect(citizens.length, 'about a dozen').toBeGreaterThan(11);
  for (const { actor, name } of citizens) {
    await signIn(somebody.page, server.url, actor);
    const pages = await pagesOf(somebody);
    // A wide screen is the easy one: there, the pages that differ most are enough.
    const chosen = info.project.name === 'phone' ? pages : pages.filter((page) => /^\/(moeder\/.+|plan)?$/.test(page));
    await lookAtAll(somebody, chosen).catch((error) => faults.push(`${name}: ${error.message}`));
  }
  expect(faults).toEqual([]);
  await lookAtAll(somebody, ['/hjaelp', '/tilgaengelighed', '/dine-data', '/demo', '/log-ind', '/findes-ikke']);
});

test('an employee can read every page, before a meeting and after one', async ({ as }) => {
  test.setTimeout(180_000);
  const mette = await as('Mette');
  await mette.visit('/medarbejder/');
  await lookAtAll(mette, await staffPages(mette));
});

test('nothing is wider than 320 pixels, also with the text four times as large', async ({ as }, info) => {
  test.setTimeout(240_000);
  // 1280 pixels at 400 % are 320.
  const zoomed = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };
  const small = info.project.name === 'phone' ? { viewport: { width: 320, height: 640 } } : zoomed;
  const gitte = await as('Gitte', small);
  await gitte.visit('/');
  const meeting = await nextMeeting(gitte);
  const writing = ['/forbered', `/moeder/${meeting.id}/forbered`].flatMap((base) => [base, `${base}/se`, `${base}/sendt`]);
  const more = ['/hjaelp', '/tilgaengelighed', '/dine-data', '/demo', '/log-ind', '/findes-ikke', ...writing];
  await lookAtAll(gitte, [...(await pagesOf(gitte)), ...more]);
  const mette = await as('Mette', small);
  await mette.visit('/medarbejder/');
  await lookAtAll(mette, await staffPages(mette));
});

test('every page is there in English, and says so', { tag: '@phone' }, async ({ as }) => {
  test.setTimeout(180_000);
  const michael = await as('Michael');
  await michael.visit('/plan');
  const heading = michael.page.getByRole('heading', { level: 1 });
  await expect(heading, 'the language he has chosen').toHaveText('My plan');
  await michael.press('Dansk');
  await expect(heading).toHaveText('Min plan');
  await michael.press('English');
  await expect(heading).toHaveText('My plan');
  expect(new URL(michael.page.url()).pathname, 'the page stays').toBe('/plan');
  const isEnglish = (person) => async (address) => {
    await expect(person.page.locator('html'), address).toHaveAttribute('lang', 'en');
    await expect(person.page.getByRole('link', { name: 'Accessibility', exact: true }), address).toBeVisible();
    const heading = await person.page.getByRole('heading', { level: 1 }).textContent();
    // A meeting is called what the municipality called it.
    if (!/^\/moeder\/[^/]+$/.test(address)) expect(heading.replace('Rød Tråd', ''), address).not.toMatch(/[æøå]/i);
    await expect(person.page.getByRole('button', { name: 'Dansk' }), address).toHaveAttribute('lang', 'da');
  };
  const meeting = await nextMeeting(michael);
  const more = ['/hjaelp', '/tilgaengelighed', '/dine-data', '/demo', '/log-ind', `/moeder/${meeting.id}/forbered`];
  await lookAtAll(michael, [...(await pagesOf(michael)), ...more], isEnglish(michael));
  const mette = await as('Mette');
  await mette.page.context().addCookies([{ name: 'rt_lang', value: 'en', url: new URL('/', michael.page.url()).href }]);
  await mette.visit('/medarbejder/');
  await lookAtAll(mette, (await staffPages(mette)).slice(0, 11), isEnglish(mette));
});

test('testers find every state, and switch a failure on that stays until it is switched off', { tag: '@phone' }, async ({ as, server }) => {
  const tester = await as();
  await tester.visit('/demo');
  await expect(tester.page.getByRole('radio', { name: 'Ingen fejl' })).toBeChecked();
  await tester.page.getByRole('radio', { name: 'Langsom' }).check();
  await tester.press('Gem valget');
  await expect(tester.page.getByText('Valget er gemt i serveren.')).toBeVisible();
  await tester.visit('/demo');
  await expect(tester.page.getByRole('radio', { name: 'Langsom' })).toBeChecked();
  await server.fail('none');
  await tester.follow('Vælg en person');
  const people = await everybody(tester, server);
  expect(people.length).toBeGreaterThan(15);
  for (const { name, about } of people) {
    await expect(tester.page.getByRole('button', { name: `${name} ${about}` })).toHaveCount(1);
  }
  await tester.page.getByRole('button', { name: /^Bo / }).click();
  await expect(tester.page.getByRole('heading', { level: 1, name: 'Hej Bo' })).toBeVisible();
});
