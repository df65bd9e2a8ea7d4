import path from 'node:path';
import { defineConfig } from '@playwright/test';

// A day is a day in Denmark, for the tests as for the server.
process.env.TZ = 'Europe/Copenhagen';

const made = path.resolve(import.meta.dirname ?? '.', '../../target/e2e');

/** It asks nobody whether there is a network. */
const firefox = {
  executablePath: '/usr/bin/firefox-esr',
  firefoxUserPrefs: { 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false },
};

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.js',
  outputDir: path.join(made, 'results'),
  reporter: [['list'], ['json', { outputFile: path.join(made, 'report.json') }]],
  // Each test has its own server and database; two cores carry two.
  workers: 2,
  // A machine that stands still for half a minute is not a fault of the app; what needs the second try is named in the log.
  retries: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    // What is not there is not there; a journey has no time to wait for it.
    actionTimeout: 20_000,
    // A trace takes a fifth of the time; what fails is tried again with one.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      chromiumSandbox: false,
      args: [
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // Both sizes in Chromium run every journey, but for those that carry the other one's name: what is the same at both is done once.
  projects: [
    { name: 'phone', grepInvert: /@desktop/, use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
    { name: 'desktop', grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
    // Where engines may differ. Debian's own Firefox speaks WebDriver BiDi; it has no touch and no zooming out, and a picture
    // taken of it begins with a style that the page's policy stops.
    {
      name: 'firefox',
      grep: /@firefox/,
      use: { browserName: 'firefox', channel: 'moz-firefox', viewport: { width: 360, height: 740 }, launchOptions: firefox, screenshot: 'off' },
    },
  ],
});
