import { pointing } from '../fixtures/hands.js';
import { test } from '../fixtures/test.js';
import { EMPTY, everything } from './whole/everything.js';

test.use(EMPTY);

test('from an empty database to a shared plan, through the screens alone', async ({ as, server }) => {
  test.setTimeout(600_000);
  await everything({ as, server, hands: pointing });
});
