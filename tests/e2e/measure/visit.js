// node measure/visit.js static-page ADDRESS FILE      writes Home as a page without script
// node measure/visit.js measure ADDRESS FILE TIMES    writes what a visit weighs and takes
import fs from 'node:fs';
import { chromium } from '@playwright/test';
import config from '../playwright.config.js';
import { calm } from '../fixtures/looking.js';
import { signIn } from '../fixtures/people.js';
import { CONTRACT } from '../fixtures/server.js';
import { weigh } from '../fixtures/weight.js';

const PERSON = 'Anna';
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'da-DK', timezoneId: 'Europe/Copenhagen' };
const SLOWER = 4;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const PAGES = { app: '/', static: '/static-comparison.html' };

const [word, address, file, times = '7'] = process.argv.slice(2);
const browser = await chromium.launch(config.use.launchOptions);
try {
  const result = word === 'static-page' ? await staticPage() : JSON.stringify(await measure(Number(times)), null, 2);
  fs.writeFileSync(file, result);
} finally {
  await browser.close();
}

async function staticPage() {
  const page = await signedIn();
  await page.goto(address);
  await calm(page);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    // What only the program needs; the words, the styles and the fonts stay.
    const idle = 'script, noscript, link[rel="modulepreload"], link[rel="preload"][as="script"], link[rel="preload"][as="fetch"]';
    for (const element of document.querySelectorAll(idle)) element.remove();
    for (const element of document.querySelectorAll('[hidden], [inert]')) element.remove();
  });
  return `<!doctype html>\n${await page.evaluate(() => document.documentElement.outerHTML)}`;
}

async function measure(times) {
  const purpose = await purposeOfNextMeeting();
  const weight = await weightOfFirstVisit();
  const visits = { app: { first: [], repeat: [] }, static: { first: [], repeat: [] } };
  // In turn, so that what else the machine does falls on both alike.
  for (let time = 0; time < times; time += 1) {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await signedIn();
      visits[name].first.push(await timesOf(page, path, purpose));
      // Another page in the same browser: its cache is what the first visit left.
      visits[name].repeat.push(await timesOf(await page.context().newPage(), path, purpose));
      await page.context().close();
    }
  }
  return { conditions: { cpu: SLOWER, ...NETWORK, times }, weight, times: each(visits, (visit) => each(visit, medians)) };
}

function each(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** Until the words can be read, and until the whole page is there to be used. */
function medians(all) {
  return { median: median(all.map(({ words }) => words)), whole: median(all.map(({ whole }) => whole)), all };
}

async function timesOf(page, path, words) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript((wanted) => {
    const times = (window.shownAfter = {});
    // The browser itself says when a heading's text was drawn (Element Timing), so nothing has to guess from frames.
    new MutationObserver(() => {
      for (const heading of document.querySelectorAll('h2:not([elementtiming])')) heading.setAttribute('elementtiming', heading.closest('#first') ? 'first' : 'page');
    }).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((entries) => {
      for (const { element, identifier, renderTime } of entries.getEntries()) {
        // The frame's one heading may be gone again when this is told.
        if (identifier === 'first') times.words ??= renderTime;
        if (identifier !== 'page' || !element?.textContent.includes(wanted)) continue;
        times.words ??= renderTime;
        times.whole ??= renderTime;
      }
    }).observe({ type: 'element', buffered: true });
  }, words);
  await page.goto(address + path);
  return (await page.waitForFunction(() => window.shownAfter.words && window.shownAfter.whole && window.shownAfter, null, { timeout: 60_000 })).jsonValue();
}

async function weightOfFirstVisit() {
  const page = await signedIn();
  const weight = await weigh(page);
  await page.goto(address);
  await calm(page);
  await page.waitForLoadState('networkidle');
  const result = weight();
  await page.context().close();
  return result;
}

async function purposeOfNextMeeting() {
  const page = await signedIn();
  const home = await (await page.request.get(`${address}/api/citizens/me/home`, { headers: CONTRACT })).json();
  await page.context().close();
  const purpose = home.next_meeting?.purpose;
  if (!purpose) throw new Error(`${PERSON} has no next meeting: ${JSON.stringify(home).slice(0, 400)}`);
  return purpose;
}

async function signedIn() {
  const page = await (await browser.newContext(PHONE)).newPage();
  await signIn(page, address, PERSON);
  return page;
}

function median(all) {
  const sorted = [...all].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
