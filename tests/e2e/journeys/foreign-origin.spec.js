import http from 'node:http';
import { citizenOf, read } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

/** A page of somebody else, which the browser of somebody who is signed in has open. */
function elsewhere(host) {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Vind en ferie</title><h1>Vind en ferie</h1>');
  });
  return new Promise((resolve) => server.listen(0, host, () => resolve({ url: `http://${host}:${server.address().port}/`, close: () => server.close() })));
}

/** Every changing operation that the server describes, about Anna, with ids that are new. */
function changes({ paths }, citizen) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => method !== 'get')
      .flatMap((method) => {
        const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'subject' ? '{subject}' : crypto.randomUUID()));
        const subjects = path.includes('{subject}') ? ['me', citizen] : [''];
        return subjects.map((subject) => ({ name: `${method} ${path}`, method: method.toUpperCase(), path: filled.replace('{subject}', subject) }));
      }),
  );
}

/** All that there is about the citizen, as it is now; looking leaves no trace in it. */
async function everything(citizen) {
  const parts = ['home', 'meetings', 'plan', 'profile', 'history', 'preparation'];
  const all = await Promise.all(parts.map((part) => read(citizen, `citizens/me/${part}`)));
  const { signed_in: signedIn } = await read(citizen, 'session');
  return JSON.stringify({ all, who: signedIn?.actor });
}

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

// Runs in the foreign page: every way in which it can send something with the visitor's cookies.
async function attack({ server, method, path, forms }) {
  const url = server + path;
  const body = '{"text":"Det er mig"}';
  const contract = { 'rt-contract': '1' };
  const ways = {
    'as it should be': { method, credentials: 'include', headers: { ...contract, 'content-type': 'application/json', 'if-none-match': '*' }, body },
    'without the header': { method, credentials: 'include', headers: { 'content-type': 'application/json' }, body },
    'with an old version': { method, credentials: 'include', headers: { ...contract, 'if-match': '"1"' }, body },
    'as plain text': { method: 'POST', credentials: 'include', headers: { 'content-type': 'text/plain' }, body },
    'as a form': { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'text=x&_method=PUT' },
    'as parts': { method: 'POST', credentials: 'include', body: new FormData() },
    'without looking at the answer': { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': 'text/plain' }, body },
    'with another name for the method': { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'x-http-method-override': 'PUT' }, body },
  };
  const answers = {};
  for (const [name, init] of Object.entries(ways)) {
    answers[name] = await fetch(url, init).then((answer) => answer.type === 'opaque' ? 'opaque' : `read: ${answer.status}`, () => 'blocked');
  }
  answers.beacon = navigator.sendBeacon(url, new Blob([body], { type: 'text/plain' })) ? 'sent' : 'not sent';
  for (const enctype of forms) {
    // What comes of it may not be shown in a frame; whether it arrived, the browser's log of requests tells.
    const frame = Object.assign(document.createElement('iframe'), { name: crypto.randomUUID() });
    const form = Object.assign(document.createElement('form'), { method: 'post', action: url, enctype, target: frame.name });
    form.append(Object.assign(document.createElement('input'), { name: '{"a":"', value: '"}' }));
    document.body.append(frame, form);
    form.submit();
    answers[`a form, ${enctype}`] = 'sent';
  }
  return answers;
}

for (const host of ['127.0.0.1', 'localhost']) {
  test(`a page on another port of ${host} changes nothing, at any address`, { tag: ['@phone', '@firefox'] }, async ({ as, server, breakages }, info) => {
    test.setTimeout(240_000);
    const anna = await as('Anna');
    const mette = await as('Mette');
    await anna.visit('/');
    await mette.visit('/medarbejder/');
    const { id } = await citizenOf(mette, 'Anna');
    const operations = changes(await read(anna, 'openapi.json'), id);
    expect(operations.length).toBeGreaterThan(30);
    const foreign = await elsewhere(host);
    // The browser says aloud what it stops, and the frame shows what the server refuses.
    const stopped = /CORS|Cross-Origin|cross-origin|ERR_|frame-ancestors|X-Frame-Options|x-frame-options|Access-Control/;
    let sent = 0;
    try {
      for (const [person, whose] of [[anna, 'me'], [mette, id]]) {
        const before = await everything(anna);
        const page = await person.page.context().newPage();
        const answered = [];
        let [shown, arrived] = [0, 0];
        page.on('response', (answer) => {
          if (!answer.url().startsWith(server.url)) return;
          answered.push(`${answer.status()} ${answer.request().method()}`);
          shown += answer.request().isNavigationRequest() ? 1 : 0;
        });
        await page.goto(foreign.url);
        for (const { method, path } of operations.filter((one) => !one.path.includes('/citizens/') || one.path.includes(`/citizens/${whose}/`))) {
          const answers = await page.evaluate(attack, { server: server.url, method, path, forms: FORMS });
          arrived += FORMS.length;
          await expect.poll(() => shown, { message: 'the forms have arrived' }).toBe(arrived);
          sent += Object.keys(answers).length;
          const readable = Object.entries(answers).filter(([, answer]) => answer.startsWith('read'));
          expect(readable, `${method} ${path}: nothing of an answer can be read`).toEqual([]);
        }
        expect(answered.filter((answer) => /^(2|3)/.test(answer)), 'nothing is taken').toEqual([]);
        expect(new Set(answered.map((answer) => answer.split(' ')[0])), 'what arrives is refused').toEqual(new Set(['403']));
        expect(await everything(anna), 'everything is as it was').toBe(before);
        await page.close();
        const { signed_in: signedIn } = await read(person, 'session');
        expect(signedIn, 'nobody is signed out').toBeTruthy();
      }
    } finally {
      foreign.close();
    }
    const sum = `operations ${new Set(operations.map(({ name }) => name)).size}, requests from ${host} ${sent}, changes 0`;
    info.annotations.push({ type: 'measured', description: sum });
    console.log(`${info.project.name}: ${sum}`);
    const others = breakages.filter((breakage) => !stopped.test(breakage));
    breakages.splice(0, breakages.length, ...others);
  });
}
