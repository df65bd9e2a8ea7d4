import { randomBytes } from 'node:crypto';
import http from 'node:http';
import zlib from 'node:zlib';
import { citizenOf, nextMeeting, read, write } from '../fixtures/api.js';
import { SharedBrowser, size, traces } from '../fixtures/profile.js';
import { calm, expect, test } from '../fixtures/test.js';

// A citizen has used a computer at the library. Whoever comes next has all of the browser's profile, byte for byte.
test.use({
  settings: { ROED_TRAAD_SESSIONS__CITIZEN__IDLE_MINUTES: '64', ROED_TRAAD_SESSIONS__CITIZEN__HOURS: '8' },
});

const id = () => crypto.randomUUID();
const NAME = 'Testsen';

/** Words that stand nowhere else in the world, so that one place on the disk is a proof. */
function marked() {
  const mark = `Zq${randomBytes(6).toString('hex')}`;
  return { mark, word: (name) => `${mark}-${name}~` };
}

/** A page that keeps everything a page can keep: what the search for traces has to find. */
async function careless(word) {
  const server = http.createServer((request, response) => {
    const kind = request.url.split('/').pop();
    const pack = { gzip: zlib.gzipSync, br: zlib.brotliCompressSync }[kind] ?? ((bytes) => bytes);
    // Words enough for a packer to leave none of them as they are.
    const text = `${'Vi mødes og taler om planen. '.repeat(40)} ${word(`cached-${kind}`)} ${'Vi mødes og taler om planen. '.repeat(40)}`;
    const page = `<!doctype html><title>${word('title')}</title><textarea></textarea><script>
      localStorage.setItem('text', '${word('stored')}');
      Promise.all(['/gzip', '/br'].map((path) => fetch(path).then((answer) => answer.text()))).then(() => (document.body.id = 'ready'));
    </script>`;
    const isPage = request.url === '/page';
    const headers = { 'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' };
    response.writeHead(200, { ...headers, ...(['gzip', 'br'].includes(kind) ? { 'content-encoding': kind } : {}) });
    response.end(isPage ? page : pack(Buffer.from(text)));
  });
  // Firefox takes Brotli from trusted places only, and this machine is one by its name.
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return { url: `http://localhost:${server.address().port}/page`, close: () => server.close() };
}

/** What the municipality and the citizen have written before, at home. */
async function seed({ as }, word) {
  const [anna, mette] = [await as('Anna'), await as('Mette')];
  await anna.visit('/');
  await mette.visit('/medarbejder/');
  const { id: citizen } = await citizenOf(mette, 'Anna');
  const meeting = await nextMeeting(anna);
  const text = (name) => `Det er vigtigt for mig: ${word(name)}.`;
  const { goals: [{ id: goal }], efforts } = await read(anna, 'citizens/me/plan');
  await write(mette, `citizens/${citizen}/comments/${id()}`, { beside: 'goal', beside_id: goal, kind: 'remark', text: text('remark') });
  if (efforts.length > 0) await write(anna, `citizens/me/comments/${id()}`, { beside: 'effort', beside_id: efforts[0].id, kind: 'disagreement', text: text('disagreement') });
  await write(anna, `citizens/me/steps/${id()}`, { goal: null, effort: null, meeting: null, area: 'health', title: text('step'), owner: 'citizen', due: null });
  const profile = await read(anna, 'citizens/me/profile');
  const mine = {
    preferred_name: `Anna ${word('name')}`, contact_note: text('contact'), situation: text('situation'), strengths: text('strengths'),
    contact_way: profile.contact_way, language: 'da', is_situation_shared: true, is_strengths_shared: true,
  };
  await write(anna, 'citizens/me/profile', mine, profile.version || undefined);
  const sent = id();
  const draft = { kind: 'goal', meeting: meeting.id, area: 'health', text: text('goal'), why: text('why'), first_step: text('first-step'), helped_by: word('helper') };
  await write(anna, `citizens/me/drafts/${sent}`, draft);
  await write(anna, `citizens/me/sendings/${id()}`, { drafts: [{ id: sent, version: 1 }] });
  const { summary } = await read(mette, `citizens/${citizen}/meetings/${meeting.id}`);
  const next = {
    purpose: text('purpose'), title: text('title'), area: summary.area, local_start: summary.time.local_start, minutes: 45, form: 'in_person',
    place: text('place'), entrance: text('entrance'), received_by: text('received-by'), bring: text('bring'), contact_phone: '00 10 20 30',
    participants: [{ id: id(), who: { other: { name: word('participant'), role: 'tolk' } }, why: text('participant-why') }],
    agenda: [{ id: id(), topic: null, text: text('agenda') }],
  };
  await write(mette, `citizens/${citizen}/meetings/${meeting.id}`, next, summary.version);
  return meeting.id;
}

/** At the library: signs in, reads everything, writes, and is in the middle of a text. */
async function use(page, server, meeting, word) {
  const go = async (path) => {
    await page.goto(`${server.url}${path}`);
    await calm(page);
  };
  await go('/log-ind');
  await page.getByRole('button', { name: new RegExp(`${NAME}|${word('name')}`) }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: word('name') })).toBeVisible();
  await go(`/moeder/${meeting}`);
  await expect(page.getByText(word('agenda')).first()).toBeVisible();
  await go(`/moeder/${meeting}/forbered`);
  await page.getByLabel('Hvad vil du gerne opnå?').fill(`Jeg vil: ${word('draft')}`);
  await page.getByLabel('Hvad vil du tale om eller spørge om?').fill(`Hvordan går det med ${word('draft-topic')}?`);
  await expect(page.getByText(/^Gemt kl\.\s\d\d\.\d\d$/)).toHaveCount(2);
  await go(`/moeder/${meeting}/forbered/se`);
  await expect(page.getByText(word('draft')).first()).toBeVisible();
  await go('/plan');
  await expect(page.getByText(word('step')).first()).toBeVisible();
  await page.getByRole('link', { name: 'Mig', exact: true }).click();
  await expect(page.getByLabel('Min situation nu').first()).toHaveValue(new RegExp(word('situation')));
  await go('/plan/historik');
  await go('/mig/set');
  await go('/mig/data');
  await go('/');
  await page.getByRole('link', { name: 'Mig', exact: true }).click();
  await page.getByLabel('Min situation nu').first().fill(`Lige nu: ${word('unsaved')}`);
}

const endings = {
  'signs out': async ({ page, browser }) => {
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Log af', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Log af', exact: true })).toHaveCount(0);
    await calm(page);
    // Whoever comes next tries to go back.
    await page.goBack().catch(() => {});
    await calm(page);
    await expect(page.getByRole('button', { name: 'Log af', exact: true })).toHaveCount(0);
    await browser.close();
  },
  'is signed out by the clock': async ({ page, browser, server, word }) => {
    await server.later(2);
    await page.clock.fastForward(2 * 60 * 60 * 1000);
    await expect(page.getByRole('heading', { name: 'Du er logget af' })).toBeVisible();
    await expect(page.getByText(word('unsaved'))).toHaveCount(0);
    await browser.close();
  },
  'is cut off with the power': async ({ browser, control }) => {
    // What the careless page left is on the disk, so what ours would have left is there too.
    await expect.poll(async () => (await traces(browser.folder, control)).join(), { timeout: 30_000 }).toMatch(/-typed~.*-visited~/s);
    await browser.kill();
  },
};

for (const [ending, end] of Object.entries(endings)) {
  test(`whoever ${ending} at the library leaves nothing of it in the browser's profile`, { tag: ['@phone', '@firefox'] }, async ({ as, server, browserName, launchOptions }, info) => {
    test.setTimeout(180_000);
    const [ours, other] = [marked(), marked()];
    const meeting = await seed({ as }, ours.word);
    const page = await careless(other.word);
    const browser = await SharedBrowser.start(browserName, launchOptions);
    try {
      const tab = await browser.context.newPage();
      await tab.goto(`${page.url}#${other.word('visited')}`);
      await expect(tab.locator('#ready')).toBeAttached();
      await tab.getByRole('textbox').pressSequentially(other.word('typed'));
      if (ending.includes('clock')) await browser.page.clock.install();
      await use(browser.page, server, meeting, ours.word);
      const key = (await browser.context.cookies(server.url)).find(({ httpOnly }) => httpOnly).value;
      await end({ page: browser.page, browser, server, word: ours.word, control: other.mark });

      const { files, bytes } = size(browser.folder);
      const control = await traces(browser.folder, other.mark);
      const found = await traces(browser.folder, ours.mark);
      const named = await traces(browser.folder, NAME);
      // A browser that is cut off may keep its cookies to go on with: then only the session's own end helps, and that comes soon.
      const keys = await traces(browser.folder, key);
      const sum = `${files} files, ${(bytes / 1e6).toFixed(1)} MB; of the careless page ${control.length} traces, of ours ${found.length + named.length}; the session's key in ${keys.length}`;
      info.annotations.push({ type: 'measured', description: sum });
      console.log(`${info.project.name}, ${ending}: ${sum}`);
      const kinds = new Set(control.map((trace) => trace.match(/-([\w-]+)~? in/)[1]));
      expect.soft([...kinds], 'the search finds what a careless page leaves').toEqual(expect.arrayContaining(['cached-br', 'cached-gzip', 'stored', 'title', 'visited']));
      expect.soft(found, 'what was written').toEqual([]);
      expect.soft(named, 'the name').toEqual([]);
    } finally {
      page.close();
      await browser.close().catch(() => {});
      browser.remove();
    }
  });
}
