import { citizenOf, read, write } from '../fixtures/api.js';
import { expect, test } from '../fixtures/test.js';

const GOAL = 'Jeg vil sove igennem, så jeg kan møde op';

async function healthGoal(per) {
  const id = crypto.randomUUID();
  const draft = { kind: 'goal', area: 'health', text: GOAL };
  await write(per, `citizens/me/drafts/${id}`, draft);
  await write(per, `citizens/me/sendings/${crypto.randomUUID()}`, { drafts: [{ id, version: 1 }] });
}

test('the citizen opens and closes, and it counts at once', async ({ as }) => {
  const [per, mette] = [await as('Per'), await as('Mette')];
  await healthGoal(per);
  const { id } = await citizenOf(mette, 'Per');
  const plan = `/medarbejder/borger/${id}/plan`;
  await mette.visit(`/medarbejder/borger/${id}`);
  await expect(mette.page.getByText('Borgeren har ikke åbnet det her for dig')).toContainText('Helbred');
  await mette.visit(plan);
  await expect(mette.page.getByText(GOAL)).toHaveCount(0);

  await per.visit('/mig');
  await per.follow('Se og ændr dine valg');
  const health = per.page.getByRole('group', { name: 'Helbred' });
  await expect(health.getByRole('radio', { name: /^Lukket/ })).toBeChecked();
  await per.pick(/^Åbent/, health);
  await per.press('Gem');
  await expect(per.page.getByText('Modtaget')).toBeVisible();
  await expect(per.page.getByText('Fjordby Kommunes')).toHaveCount(0);
  await mette.page.reload();
  await mette.look();
  await expect(mette.page.getByText(GOAL).first()).toBeVisible();

  await per.pick(/^Lukket/, health);
  await per.press('Gem');
  await expect.poll(async () => (await read(per, 'citizens/me/choices')).version).toBe(2);
  await mette.page.reload();
  await mette.look();
  await expect(mette.page.getByText(GOAL)).toHaveCount(0);
  await per.visit('/plan/historik');
  await expect(per.page.getByText('ændrede, hvem der må se hvad').first()).toBeVisible();
});

test('an employee opens what is closed with a reason, and the citizen reads it', async ({ as }) => {
  const [per, mette] = [await as('Per'), await as('Mette')];
  await healthGoal(per);
  const { id } = await citizenOf(mette, 'Per');
  await mette.visit(`/medarbejder/borger/${id}`);
  await mette.follow('Åbn det med en begrundelse');
  await mette.press('Åbn');
  await expect(mette.page.getByRole('alert').getByRole('link')).toHaveCount(1);
  const reason = 'Per har ringet og er bange for sin medicin';
  await mette.fill('Hvorfor har du brug for at se det?', reason);
  await mette.press('Åbn');
  await expect(mette.page.getByText('Alt i sagen er åbent for dig')).toBeVisible();
  await mette.look();
  await expect(mette.page.getByText(GOAL).first()).toBeVisible();

  await per.visit('/mig/set');
  await expect(per.page.getByText(reason)).toBeVisible();
  await expect(per.page.getByText('Åbnede det, der var lukket.')).toBeVisible();
});

test('who cannot see an item on the agenda is asked nothing about it', async ({ as, server }) => {
  const [gitte, mette, lone] = [await as('Gitte'), await as('Mette'), await as('Lone')];
  const { id } = await citizenOf(mette, 'Gitte');
  const [meeting, topic] = [crypto.randomUUID(), crypto.randomUUID()];
  const day = new Date(Date.now() + 2 * 24 * 3600_000).toISOString().slice(0, 10);
  const held = (agenda) => ({
    purpose: 'Vi tager en snak', title: null, area: 'employment', local_start: `${day}T10:15:00`, minutes: 45, form: 'in_person', place: 'Torvet 1',
    entrance: null, received_by: null, bring: null, contact_phone: null, participants: [], agenda,
  });
  await write(lone, `citizens/${id}/meetings/${meeting}`, held([]));
  await write(gitte, `citizens/me/drafts/${topic}`, { kind: 'topic', meeting, area: 'health', text: 'Mine piller' });
  await write(gitte, `citizens/me/sendings/${crypto.randomUUID()}`, { drafts: [{ id: topic, version: 1 }] });
  const item = (text, of) => ({ id: crypto.randomUUID(), topic: of, text });
  await write(lone, `citizens/${id}/meetings/${meeting}`, held([item('Mine piller', topic), item('Praktik', null)]), 1);
  await server.later(72);
  await mette.visit(`/medarbejder/borger/${id}/moede/${meeting}/referat`);
  await expect(mette.page.getByText('Punkt 1 er lukket for dig.')).toBeVisible();
  await expect(mette.page.getByText('piller')).toHaveCount(0);
  const asked = mette.page.getByRole('group', { name: /hvad skete der/ });
  await expect(asked).toHaveCount(1);
  await mette.pick('Vi svarede', asked);
  await mette.fill('Svaret', 'Ja, i maj.');
  await mette.fill('Kort om mødet', 'Vi talte om praktik.');
  await mette.press('Del med borgeren');
  await mette.press(mette.page.getByRole('dialog').getByRole('button', { name: 'Ja, del det' }));
  await expect(mette.page.getByRole('heading', { name: 'Referatet er delt' })).toBeVisible();
  await gitte.visit(`/moeder/${meeting}`);
  await expect(gitte.page.locator('ol').getByText('Mine piller')).toBeVisible();
  await expect(gitte.page.getByText('Ja, i maj.')).toBeVisible();
});

test('who leads a team sees numbers, and a case only with a reason', async ({ as }) => {
  const [per, birgit] = [await as('Per'), await as('Birgit')];
  await birgit.visit('/medarbejder/');
  await birgit.follow('Mit team');
  const mettes = birgit.page.getByRole('region', { name: 'Mette Holm' });
  await expect(mettes).toContainText('Referater, der venter');
  await mettes.getByText('Vis borgerne').click();
  await birgit.follow(mettes.getByRole('link', { name: /Per Dam/ }));
  await birgit.fill('Hvorfor har du brug for at se det?', 'Mette er syg, og Per har ringet');
  await birgit.press('Åbn');
  await expect(birgit.page.getByText('Du ser sagen som leder')).toBeVisible();
  await birgit.look();
  await expect(birgit.page.getByRole('link', { name: 'Aftal et møde' })).toHaveCount(0);
  await per.visit('/mig/set');
  await expect(per.page.getByText('Mette er syg, og Per har ringet')).toBeVisible();
});

test('an administrator says who has left, and it counts at once', async ({ as }) => {
  const [niels, peter] = [await as('Niels'), await as('Peter')];
  await peter.visit('/medarbejder/');
  await niels.visit('/medarbejder/');
  await expect(niels.page.getByRole('heading', { level: 1 })).toHaveText('Administration');
  await niels.page.getByText('Peter Bach · Arbejder med borgere').click();
  const form = niels.page.locator('details[open]');
  await niels.hands.tick(form.getByLabel('Personen er stoppet'));
  await niels.press(form.getByRole('button', { name: 'Gem' }));
  await expect(form.getByText('Gemt. Det gælder fra nu af.')).toBeVisible();
  await niels.calm();
  await peter.page.reload();
  await expect(peter.page.getByText('Log på for at se dine møder.')).toBeVisible();
});
