import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { citizenOf, read, write } from '../fixtures/api.js';
import { CONTRACT } from '../fixtures/server.js';
import { inDays } from '../fixtures/filling.js';
import { PACKS, PAYLOADS, flat, written } from '../fixtures/payloads.js';
import { calm, expect, expectNoSidewaysScrolling, test } from '../fixtures/test.js';

const KEY = 'en-noegle-til-proever';
const sha256 = createHash('sha256').update(KEY).digest('hex');
test.use({ settings: { ROED_TRAAD_INTEGRATIONS: `[{name="Fagsystemet",key_sha256="${sha256}",may=["employees","citizens"]}]` } });

// Writing takes one request for each text, and each page is opened with every text there is for it.
const id = () => crypto.randomUUID();
const AREA = 'health';

/** Every payload that was written, by its field; and where it was seen. */
class Texts {
  #written = new Map();
  #fields = [];
  seen = 0;
  views = new Set();

  /** All payloads of the pack as one text for the field. */
  of(pack, name) {
    if (!this.#fields.includes(name)) this.#fields.push(name);
    const field = this.#fields.indexOf(name);
    const texts = pack.map((payload) => written(payload, field));
    for (const [place, payload] of pack.entries()) {
      const text = flat(texts[place]).toLowerCase();
      if (!this.#written.has(text)) this.#written.set(text, { mark: `§${field}.${payload.number}§`, what: `${name}: ${payload.name}`, views: new Set() });
    }
    return texts.join(' ');
  }

  /** Opens the page, and takes note of the texts there; nothing has run, and nothing is broken. */
  async open(person, view, path) {
    const { page } = person;
    await page.goto(path);
    await calm(page);
    await this.look(person, view);
  }

  async look({ page }, view) {
    const found = await page.evaluate(() => ({
      text: [document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map((field) => field.value)].join('\n'),
      ran: window.__ran,
      foreign: [...document.querySelectorAll('main :is(script, iframe, object, embed, style, link, meta, base, img, video, audio, math, animate), main [onclick], main [onerror], main [onload], main [onfocus], main [ontoggle], main [onmouseover], main a[href^="javascript" i], main a[href^="data" i], main form[action*="evil"]')].map((it) => it.outerHTML.slice(0, 120)),
      title: document.title,
    }));
    expect(found.ran, `nothing runs: ${view}`).toBeUndefined();
    expect(found.foreign, `no markup comes of it: ${view}`).toEqual([]);
    expect(found.title, `the title tells nothing: ${view}`).not.toMatch(/[§<>]|evil/);
    await expectNoSidewaysScrolling(page).catch((error) => expect.soft(error.message, view).toBe(''));
    // A sentence may begin with it, and so with a capital letter.
    const text = flat(found.text).toLowerCase();
    const wrong = new Set(text.match(/§\d+\.\d+§/g) ?? []);
    for (const [one, { mark, views }] of this.#written) {
      const isThere = text.includes(one) || isContinued(text, one);
      if (!isThere) continue;
      wrong.delete(mark);
      views.add(view);
      this.seen += 1;
    }
    const named = [...this.#written.values()].filter(({ mark }) => wrong.has(mark)).map(({ what }) => what);
    expect.soft(named, `as it was written: ${view}`).toEqual([]);
    this.views.add(view);
  }

  /** What nobody was shown anywhere. */
  unseen() {
    return [...this.#written.values()].filter(({ views }) => views.size === 0).map(({ what }) => what);
  }

  get size() {
    return this.#written.size;
  }

  get fields() {
    return this.#fields.length;
  }
}

/** What is answered, once it is as it should be. */
async function until(ask, isThere) {
  let answer;
  await expect.poll(async () => isThere((answer = await ask()))).toBe(true);
  return answer;
}

/** A long first line is a heading, and goes on below it: "beginning…", "…end". */
function isContinued(text, one) {
  for (let at = 1; at < one.length; at += 1) {
    if (text.includes(`${one.slice(0, at).trimEnd()}…`) && text.includes(`…${one.slice(at).trimStart()}`)) return true;
  }
  return false;
}

test('script, markup and templates in every text are shown as they are written', { tag: ['@phone', '@firefox'] }, async ({ as, server, breakages }, info) => {
  test.setTimeout(900_000);
  const [bo, mette, birgit, niels, nina] = [await as('Bo'), await as('Mette'), await as('Birgit'), await as('Niels'), await as('Nina')];
  for (const { page } of [bo, mette, birgit, niels, nina]) page.on('dialog', (dialog) => (breakages.push(`a dialog: ${dialog.message()}`), dialog.dismiss()));
  const { id: citizen } = await citizenOf(mette, 'Bo');
  const theirs = (path) => `citizens/${citizen}/${path}`;
  const { signed_in: employee } = await read(mette, 'session');
  const responsible = employee.actor.employee;
  const { goals: [{ id: goal }] } = await read(bo, 'citizens/me/plan');
  const texts = new Texts();
  const efforts = [];

  await test.step('what there are many of: goals, topics, drafts, steps, comments, efforts', async () => {
    for (const pack of PACKS) {
      const of = (field) => texts.of(pack, field);
      const draft = (name, kind, meeting = null) => ({
        kind, meeting, area: AREA, text: of(`${name}.text`), helped_by: of(`${name}.helped_by`),
        ...(kind === 'goal' ? { why: of(`${name}.why`), first_step: of(`${name}.first_step`) } : {}),
      });
      for (const kind of ['goal', 'topic']) {
        await write(bo, `citizens/me/drafts/${id()}`, draft(`draft.${kind}`, kind));
        const sent = id();
        await write(bo, `citizens/me/drafts/${sent}`, draft(kind, kind));
        await write(bo, `citizens/me/sendings/${id()}`, { drafts: [{ id: sent, version: 1 }] });
        if (kind === 'goal') await write(bo, `citizens/me/comments/${id()}`, { beside: 'goal', beside_id: sent, kind: 'remark', text: of('remark.text') });
      }
      const effort = id();
      efforts.push(effort);
      const [title, purpose, obligation] = ['title', 'purpose', 'obligation'].map((field) => of(`effort.${field}`));
      await write(mette, theirs(`efforts/${effort}`), { goal, area: AREA, title, purpose, obligation, responsible, starts_on: null, ends_on: null, is_ended: false });
      await write(bo, `citizens/me/comments/${id()}`, { beside: 'effort', beside_id: effort, kind: 'disagreement', text: of('disagreement.text') });
      await write(mette, theirs(`comments/${id()}`), { beside: 'effort', beside_id: effort, kind: 'remark', text: of('employee.remark') });
      for (const [person, path, owner, name] of [[bo, 'citizens/me/', 'citizen', 'step'], [mette, theirs(''), { employee: { employee: responsible } }, 'employee.step']]) {
        for (const state of ['cannot_yet', 'not_needed']) {
          const step = id();
          await write(person, `${path}steps/${step}`, { goal: null, effort: null, meeting: null, area: AREA, title: of(`${name}.${state}.title`), owner, due: null });
          await write(person, `${path}steps/${step}/state`, { state: { [state]: { reason: of(`${name}.${state}.reason`) } } }, 1);
        }
      }
    }
    await texts.open(bo, 'plan', '/plan');
    await texts.open(bo, 'history', '/plan/historik');
    await texts.open(bo, 'drafts', '/forbered');
    await texts.open(bo, 'look through', '/forbered/se');
    await texts.open(mette, 'staff citizen', `/medarbejder/borger/${citizen}`);
    await texts.open(mette, 'staff plan', `/medarbejder/borger/${citizen}/plan`);
    await texts.open(mette, 'staff history', `/medarbejder/borger/${citizen}/historik`);
    await texts.open(mette, 'arrange', `/medarbejder/borger/${citizen}/nyt-moede`);
    await texts.open(mette, 'new effort', `/medarbejder/borger/${citizen}/plan/indsats`);
    for (const effort of efforts) await texts.open(mette, 'change an effort', `/medarbejder/borger/${citizen}/plan/indsats/${effort}`);
  });

  const meetings = [];
  const meeting = (pack, day, agenda) => {
    const of = (field) => texts.of(pack, `meeting.${field}`);
    return {
      ...Object.fromEntries(['purpose', 'title', 'place', 'entrance', 'received_by', 'bring', 'contact_phone'].map((field) => [field, of(field)])),
      area: AREA, local_start: `${inDays(day).toISOString().slice(0, 10)}T10:15:00`, minutes: 45,
      form: ['in_person', 'phone', 'video'][meetings.length % 3],
      participants: [{ id: id(), who: { other: { name: of('participant.name'), role: of('participant.role') } }, why: of('participant.why') }],
      agenda: agenda ?? [{ id: id(), topic: null, text: of('agenda.text') }],
    };
  };

  await test.step('what there is one of: the profile, and the next meeting', async () => {
    const { contact_way: way } = await read(bo, 'citizens/me/profile');
    const profile = (pack) => ({
      ...Object.fromEntries(['preferred_name', 'contact_note', 'situation', 'strengths'].map((field) => [field, texts.of(pack, `profile.${field}`)])),
      contact_way: way, language: 'da', is_situation_shared: true, is_strengths_shared: true,
    });
    for (const [number, pack] of PACKS.entries()) {
      const { version } = await read(bo, 'citizens/me/profile');
      await write(bo, 'citizens/me/profile', profile(pack), version || undefined);
      // Each comes before the earlier ones, so it is the next.
      const next = meeting(pack, 10 + PACKS.length - number);
      meetings.push(id());
      await write(mette, theirs(`meetings/${meetings.at(-1)}`), next);
      await texts.open(bo, 'home', '/');
      await texts.open(bo, 'meeting', `/moeder/${meetings.at(-1)}`);
      await texts.open(bo, 'profile', '/mig');
      await texts.open(mette, 'brief', `/medarbejder/borger/${citizen}/moede/${meetings.at(-1)}`);
      await texts.open(mette, 'change a meeting', `/medarbejder/borger/${citizen}/moede/${meetings.at(-1)}/ret`);
    }
    await texts.open(bo, 'meetings', '/moeder');
    await texts.open(bo, 'prepare', `/moeder/${meetings.at(-1)}/forbered`);
    await texts.open(mette, 'caseload', '/medarbejder/');
    await texts.open(mette, 'staff citizen with meetings', `/medarbejder/borger/${citizen}`);
    await texts.open(mette, 'cancel a meeting', `/medarbejder/borger/${citizen}/moede/${meetings.at(-1)}/aflys`);
  });

  await test.step('what two have written, side by side', async () => {
    const both = id();
    await write(mette, theirs(`meetings/${both}`), meeting(PACKS[0], 40));
    await bo.page.goto(`/moeder/${both}/forbered`);
    const goal = bo.page.getByLabel('Hvad vil du gerne opnå?');
    await goal.fill('Mit mål');
    const { drafts } = await until(() => read(bo, `citizens/me/meetings/${both}/preparation`), ({ drafts }) => drafts.length > 0);
    for (const [number, pack] of PACKS.entries()) {
      const { content, id: draft, version } = (await read(bo, `citizens/me/meetings/${both}/preparation`)).drafts.find((one) => one.id === drafts[0].id);
      await write(bo, `citizens/me/drafts/${draft}`, { ...content, text: texts.of(pack, 'draft of another tab') }, version);
      await goal.fill(`Mit mål ${number}`);
      await expect(bo.page.getByText('Du har skrevet i teksten to steder')).toBeVisible();
      await texts.look(bo, 'two versions of a draft');
      await bo.press('Behold teksten her');
      await until(() => read(bo, `citizens/me/meetings/${both}/preparation`), ({ drafts: [one] }) => one.content.text === `Mit mål ${number}`);

      await mette.page.goto(`/medarbejder/borger/${citizen}/moede/${both}/ret`);
      await mette.calm();
      await write(mette, theirs(`meetings/${both}`), meeting(pack, 40), 2 * number + 1);
      await mette.page.getByLabel('Hvorfor mødes I?').fill(`Vi ser på planen ${number}`);
      await mette.press('Gem ændringen');
      await expect(mette.page.getByText('En anden har gemt mødet før dig')).toBeVisible();
      await texts.look(mette, 'two versions of a meeting');
      await mette.press('Gem det, jeg har skrevet');
      await expect(mette.page.getByText('Mødet er gemt').first()).toBeVisible();
    }
    await write(mette, theirs(`meetings/${both}/cancellation`), { reason: 'Slut' }, 2 * PACKS.length + 1);
  });

  await test.step('a cancelled meeting', async () => {
    for (const [number, pack] of PACKS.entries()) {
      await write(mette, theirs(`meetings/${meetings[number]}/cancellation`), { reason: texts.of(pack, 'cancellation.reason') }, 1);
      await texts.open(bo, 'cancelled meeting', `/moeder/${meetings[number]}`);
    }
    await texts.open(bo, 'cancelled meetings', '/moeder');
    await texts.open(bo, 'home after cancelling', '/');
  });

  await test.step('who works here, as another system says it', async () => {
    for (const pack of PACKS) {
      const said = Object.fromEntries(['name', 'role', 'role_line', 'unit', 'phone', 'mail'].map((field) => [field, texts.of(pack, `register.${field}`)]));
      const employees = ['mette', 'birgit'].map((who) => ({ external_id: `${who}@fjordby.example`, area: 'employment', ...said }));
      const citizens = [{ external_id: 'ny-borger', name: texts.of(pack, 'register.citizen'), contact_person: 'mette@fjordby.example' }];
      const answer = await mette.page.request.put('/api/register', { headers: { ...CONTRACT, authorization: `Bearer ${KEY}` }, data: { employees, citizens } });
      expect(answer.ok(), await answer.text()).toBe(true);
      await texts.open(mette, 'caseload by this name', '/medarbejder/');
      await texts.open(bo, 'who looked, by this name', '/mig/set');
      await texts.open(bo, 'home with this contact', '/');
      await texts.open(bo, 'plan with this contact', '/plan');
      const { citizens: all } = await read(mette, 'caseload');
      const one = all.find(({ id, name }) => id !== citizen && name.includes('§'));
      await texts.open(mette, 'staff citizen by this name', `/medarbejder/borger/${one.id}`);
      await texts.open(birgit, 'team', '/medarbejder/team');
      await texts.open(birgit, 'why to open', `/medarbejder/borger/${one.id}/hvorfor`);
      await texts.open(niels, 'administration', '/medarbejder/');
    }
  });

  await test.step('why somebody is in the plan, as a file says it', async () => {
    const { people } = await read(mette, 'demo/people');
    const employees = people.flatMap(({ actor }) => actor.employee ?? []);
    const citizens = [];
    for (let first = 0; first < PACKS.length; first += employees.length) {
      const members = PACKS.slice(first, first + employees.length);
      const plan_members = members.map((pack, number) => ({ employee: employees[number], why: texts.of(pack, 'plan_member.why') }));
      citizens.push({ id: id(), name: 'Vera Prøvesen', contact_person: employees[0], plan_members });
    }
    const file = info.outputPath('people.json');
    fs.writeFileSync(file, JSON.stringify({ format: 1, employees: [], citizens }));
    await server.stop();
    server.import(file);
    await server.start();
    const vera = await as();
    for (const { id: citizen } of citizens) {
      const answer = await vera.page.request.put('/api/demo/session', { headers: CONTRACT, data: { actor: { citizen } } });
      expect(answer.ok(), await answer.text()).toBe(true);
      await texts.open(vera, 'plan, as a file says it', '/plan');
      await texts.open(vera, 'what is kept, as a file says it', '/mig/data');
    }
  });

  await test.step('what is searched for', async () => {
    await texts.open(mette, 'caseload to search', '/medarbejder/');
    for (const pack of PACKS) {
      const letters = texts.of(pack, 'search');
      await mette.page.getByRole('searchbox').fill(letters);
      const answered = mette.page.waitForResponse('**/api/caseload/search');
      await mette.press('Søg');
      expect((await answered).ok()).toBe(true);
      await mette.calm();
      await texts.look(mette, 'searched');
    }
  });

  await test.step('who may act, why something was opened, and why looks are told later', async () => {
    const until = inDays(30).toISOString().slice(0, 10);
    const delay = id();
    for (const [number, pack] of PACKS.entries()) {
      const given = id();
      await write(bo, `citizens/me/representatives/${given}`, { name: texts.of(pack, 'representative.name'), cpr: '9913010099', areas: [AREA], until });
      if (number === 0) await texts.open(bo, 'who may act', '/mig/fuldmagt');
      await write(bo, `citizens/me/representatives/${given}/taking-back`, {}, 1);
      await write(mette, theirs(`glass/${id()}`), { reason: texts.of(pack, 'glass.reason') });
    }
    await texts.open(bo, 'who could act', '/mig/fuldmagt');
    await write(bo, `citizens/me/representatives/${id()}`, { name: texts.of(PACKS[0], 'representative.name'), cpr: '9913010014', areas: [AREA, 'other'], until });
    await texts.open(nina, 'home of who may act', '/');
    const turned = await nina.page.request.put('/api/session/subject', { headers: CONTRACT, data: { citizen } });
    expect(turned.ok(), await turned.text()).toBe(true);
    for (const [view, path] of [['home', '/'], ['meetings', '/moeder'], ['plan', '/plan'], ['history', '/plan/historik'], ['write', '/forbered']]) {
      await texts.open(nina, `${view}, acting`, path);
    }
    await texts.open(bo, 'why something was opened', '/mig/set');
    await texts.open(bo, 'choices', '/mig/valg');
    for (const [number, pack] of PACKS.entries()) {
      await write(mette, theirs(`look-delays/${delay}`), { ground: 'violence', reason: texts.of(pack, 'delay.reason'), until }, number || undefined);
      await texts.open(mette, 'looks told later', `/medarbejder/borger/${citizen}`);
    }
    // Ended, so that what follows is told at once.
    const ended = await mette.page.request.delete(`/api/${theirs(`look-delays/${delay}`)}`, { headers: { ...CONTRACT, 'if-match': `"${PACKS.length}"` } });
    expect(ended.ok(), await ended.text()).toBe(true);
  });

  await test.step('minutes', async () => {
    const outcomes = {
      answered: (of) => ({ answered: { answer: of('outcome.answer') } }),
      later: (of) => ({ later: { meeting: null, note: of('outcome.note') } }),
      not_ours: (of) => ({ not_ours: { who: of('outcome.who') } }),
    };
    const held = [];
    for (const [number, kind] of Object.keys(outcomes).entries()) {
      const agenda = PACKS.map((pack) => ({ id: id(), topic: null, text: texts.of(pack, `agenda.${kind}`) }));
      held.push({ id: id(), kind, agenda });
      const soon = { ...meeting(PACKS[0], 1, agenda), local_start: `${inDays(1).toISOString().slice(0, 10)}T${10 + number}:15:00` };
      await write(mette, theirs(`meetings/${held.at(-1).id}`), soon);
    }
    await server.later(72);
    for (const { id: at, kind, agenda } of held) {
      const told = PACKS.map((pack, place) => ({ item: agenda[place].id, outcome: outcomes[kind]((field) => texts.of(pack, field)) }));
      let version;
      // There is one summary, so it is written anew for each.
      for (const pack of kind === 'answered' ? PACKS : PACKS.slice(0, 1)) {
        const summary = texts.of(pack, 'minutes.summary');
        version = (await write(mette, theirs(`meetings/${at}/minutes`), { summary, outcomes: told, share: true }, version)).version;
        await texts.open(bo, `minutes, ${kind}`, `/moeder/${at}`);
      }
      await texts.open(mette, 'write minutes', `/medarbejder/borger/${citizen}/moede/${at}/referat`);
    }
    await texts.open(bo, 'history after all', '/plan/historik');
    await texts.open(bo, 'who has looked', '/mig/set');
    await texts.open(bo, 'what is kept', '/mig/data');
    await texts.open(mette, 'staff history after all', `/medarbejder/borger/${citizen}/historik`);
  });

  const sum = `payloads ${PAYLOADS.length}, fields ${texts.fields}, written ${texts.size}, kinds of view ${texts.views.size}, seen in views ${texts.seen}`;
  info.annotations.push({ type: 'measured', description: sum });
  console.log(`${info.project.name}: ${sum}`);
  expect(texts.unseen().slice(0, 20), 'every text is shown somewhere').toEqual([]);
});

test('what the policy stops, and what a page says in the console, fails a test', { tag: '@firefox' }, async ({ as, breakages }) => {
  const anna = await as('Anna');
  await anna.visit('/');
  await anna.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.__ran = 1';
    document.head.append(script);
  });
  await expect.poll(() => breakages.join()).toContain('against the policy: script-src');
  expect(await anna.page.evaluate(() => window.__ran)).toBeUndefined();
  breakages.length = 0;
});
