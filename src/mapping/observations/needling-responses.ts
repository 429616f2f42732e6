// What the needled muscle did and what the patient felt (dictionary rows N13-N19): one Observation per
// site and question.
import { namesOf } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { session as definition } from '../../ims/schema/session.ts';
import { codedComponent } from '../body-site.ts';
import type { Context } from '../context.ts';
import { procedureReference } from '../resources/questionnaire-response.ts';
import { baselineWithin } from './baseline.ts';
import { component } from './components.ts';
import { draftsOf, type SharedDraft } from './drafts.ts';
import type { ObservationDraft } from './observation.ts';
import { questionsOf } from './questions.ts';

type NeedledSite = NonNullable<NonNullable<ImsRecord['session']>['sites']>[number];

const { of: needledSite } = definition.members.sites;

const RESPONSES = questionsOf(needledSite, [
  {
    part: 'twitch',
    code: 'local-twitch-response',
    member: 'twitch.answer',
    details: { count: 'twitch-count', feltByPatient: 'felt-by-patient' },
  },
  { part: 'grasp', code: 'needle-grasp', member: 'grasp.grade' },
  {
    part: 'felt',
    code: 'needling-sensation',
    member: 'sensations',
    qualifiers: { sensations: 'sensation-felt' },
  },
  {
    part: 'familiar',
    code: 'pain-reproduced',
    member: 'painReproduced.answer',
    details: { refersTo: 'refers-to' },
  },
  {
    part: 'needling',
    code: 'pain-needling',
    member: 'painOfNeedling.value',
    qualifiers: { scale: 'pain-scale' },
  },
  { part: 'result', code: 'site-result', member: 'result' },
]);

const RETEST = questionsOf(needledSite, [
  { part: 'rshortb', code: 'muscle-shortening', member: 'retest.shorteningBefore' },
  { part: 'rshorta', code: 'muscle-shortening', member: 'retest.shorteningAfter' },
  { part: 'rtendb', code: 'tenderness', member: 'retest.tendernessBefore' },
  { part: 'rtenda', code: 'tenderness', member: 'retest.tendernessAfter' },
]);
const BEFORE = RETEST.filter(({ name }) => name.endsWith('Before'));
const AFTER = RETEST.filter(({ name }) => name.endsWith('After'));

/** Observations of every needled site. */
export function needlingResponseDrafts(context: Context): ObservationDraft[] {
  const { session } = context.record;
  const atStart = session?.startAt === undefined ? {} : { effective: session.startAt };
  return (session?.sites ?? []).flatMap((site) => {
    const { key } = site;
    const shared: SharedDraft = {
      key,
      keyNames: namesOf(context.record),
      profile: 'ims-needling-response',
      category: 'procedure',
      site,
      partOf: procedureReference(context),
      components: [component('site-number', { valueString: key })],
      ...atStart,
    };
    return [...draftsOf(RESPONSES, site, shared), ...retestDrafts(context, site, shared)];
  });
}

/** N19: shortening and tenderness before and after needling; the value before is the baseline. */
function retestDrafts(
  context: Context,
  site: NeedledSite,
  shared: SharedDraft,
): ObservationDraft[] {
  const at = (moment: 'before' | 'after'): SharedDraft => ({
    ...shared,
    labelSuffix: `, ${lowerFirst(renderCode(moment))}`,
    components: [...(shared.components ?? []), codedComponent('moment', moment)],
  });
  // A reason why there was no retest applies to the values after needling only.
  const before = site.retest === undefined ? [] : draftsOf(BEFORE, site, at('before'));
  const after = draftsOf(AFTER, site, at('after'));
  const hasBaseline = site.retest?.baseline !== undefined;
  return [
    ...before.map(({ baseline: _, ...draft }) => draft),
    ...after.map((draft) => (hasBaseline ? draft : baselineWithin(context, draft, before))),
  ];
}
