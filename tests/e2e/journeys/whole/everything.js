// Nothing but imported people at first: everything that a citizen and an employee can do is done through the screens.
//
// | What a citizen can do | Walked in |
// |---|---|
// | sign in, sign out | nothingIsThere, aMeetingIsSeen |
// | the first screen: next meeting, steps, promises and lateness, what is new on whichever device | aMeetingIsSeen, changesAreSeen, answersAreRead |
// | a meeting: facts, people, agenda, last time, what was sent, calendar file, moved, cancelled | aMeetingIsSeen, theCalendarHasIt, changesAreSeen, answersAreRead |
// | prepare: draft, beginnings, help from somebody, receipt, change, take back, opened | aGoalIsSent, topicsAreSent, aTopicIsOpenedAndChanged |
// | the plan: goals, efforts, own steps in each state, comments, disagreement, people, history, print | stepsAreTold, wordsAreSaid, thePlanIsPrinted, historyIsRead |
// | tell about oneself: name, contact, language, own words and who reads them | sheTellsAboutHerself, theLanguageChanges |
// | help, accessibility statement, footer | helpIsThere |
//
// | What an employee can do | Walked in |
// |---|---|
// | meetings by day, what is new, search | aCitizenIsFound, aTopicIsOpenedAndChanged |
// | the brief: the new, promises, last time | theBriefIsRead, historyIsRead |
// | arrange, change, move and cancel; people; agenda up, down, removed; a topic put on it | meetingsAreArranged, meetingsAreChanged |
// | outcomes, steps agreed, minutes as a draft and shared | minutesAreShared |
// | efforts, promises, answers, is it a complaint, two at once | anEffortIsStarted, aPromiseIsBegun, theBriefIsRead, anEffortIsChangedByTwo |
import { test } from '../../fixtures/test.js';
import * as after from './after.js';
import * as beginning from './beginning.js';
import * as me from './me.js';
import * as meetings from './meetings.js';
import * as plan from './plan.js';

/** What it begins with. */
export const EMPTY = {
  importing: 'tests/e2e/people.json',
  settings: { ROED_TRAAD_MUNICIPALITY__PRIVACY_URL: 'https://fjordby.example/dine-data' },
};

const WAY = [
  beginning.nothingIsThere, beginning.helpIsThere, beginning.aGoalIsSent, beginning.aCitizenIsFound,
  meetings.meetingsAreArranged, meetings.aMeetingIsSeen, meetings.theCalendarHasIt, meetings.topicsAreSent,
  meetings.aTopicIsOpenedAndChanged, meetings.meetingsAreChanged, meetings.changesAreSeen,
  plan.anEffortIsStarted, plan.stepsAreTold, plan.wordsAreSaid, plan.thePlanIsPrinted, me.theBriefIsRead,
  me.sheTellsAboutHerself, me.theLanguageChanges, plan.aPromiseIsBegun, plan.anEffortIsChangedByTwo,
  after.minutesAreShared, after.answersAreRead, after.historyIsRead,
];

/** Walks it all with those hands. */
export async function everything({ as, server, hands }) {
  const [vera, birthe, samir] = [await as(undefined, { hands }), await as(undefined, { hands }), await as(undefined, { hands })];
  for (const part of WAY) await test.step(part.name, () => part({ vera, birthe, samir, as, server }));
}
