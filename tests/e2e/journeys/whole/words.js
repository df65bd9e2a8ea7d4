// What is written in the journey through everything.
import { inDays } from '../../fixtures/filling.js';

export const GOAL = 'Jeg vil gerne have et job, hvor jeg er ude.';
export const TOPIC = 'Kan jeg få et par gode sko til arbejdet?';
export const TOPIC_CHANGED = 'Kan jeg få et par gode sko til arbejdet? Jeg bruger 41.';
export const OTHER_TOPIC = 'Hvem er min kontakt, når I holder ferie?';
export const PURPOSE = 'Vi finder et sted, hvor du kan prøve at arbejde ude.';
export const CANCELLED_PURPOSE = 'Vi taler kort om, hvordan ugen er gået.';
export const NEXT_PURPOSE = 'Vi ser på, hvordan de første dage er gået.';
export const EFFORT = 'Praktik hos en gartner';
export const EFFORT_PURPOSE = 'Du prøver arbejdet af i dit eget tempo.';
export const DUTY = 'Bliver du væk uden at sige det, kan du få færre penge. Ring først.';
export const HER_STEP = 'Skrive ned, hvilke dage du kan';
export const HER_OTHER_STEP = 'Købe en regnjakke';
export const OWN_STEP = 'Gå en tur i skoven';
export const OWN_STEP_REWORDED = 'Gå en tur i skoven hver dag';
export const PROMISE = 'Køre med dig ud til gartneren';
export const AGREED_STEP = 'Møde hos Rosa på mandag';
export const REASON = 'Jeg har ondt i ryggen lige nu.';
export const NO_NEED = 'Min bror gav mig sin jakke.';
export const COMMENT = 'Kan I ringe om formiddagen?';
export const COMMENT_CHANGED = 'Kan I ringe om formiddagen, efter kl. 10?';
export const DISAGREEMENT = 'Jeg vil hellere begynde om en måned.';
export const OTHER_DISAGREEMENT = 'Jeg vil have svaret på skrift.';
export const SITUATION = 'Jeg bor med min kat. Jeg sover bedst om formiddagen.';
export const STRENGTH = 'Jeg kan alt om planter.';
export const SUMMARY = 'Du begynder hos Rosa på mandag.';

export const FIRST_DAY = inDays(6);
export const MOVED_TO = inDays(8);
