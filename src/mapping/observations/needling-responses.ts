// N13-N19: what the needled muscle did and what the patient felt, one Observation a site and question.
import { namesOf } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { session as definition } from '../../ims/schema/session.ts';
import { coded } from '../body-site.ts';
import type { Context } from '../context.ts';
import { procedureReference } from '../resources/questionnaire-response.ts';
import { baselineWithin } from './baseline.ts';
import { component } from './components.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, questionsOf, type SharedParts } from './rows.ts';

type NeedledSite = NonNullable<NonNullable<ImsRecord['session']>['sites']>[number];

const { of: needledSite } = definition.members.sites;

const RESPONSES = questionsOf(needledSite, [
  {
    part: 'twitch',
    code: 'local-twitch-response',
    member: 'twitch.answer',
    beside: { count: 'twitch-count', feltByPatient: 'felt-by-patient' },
  },
  { part: 'grasp', code: 'needle-grasp', member: 'grasp.grade' },
  {
    part: 'felt',
    code: 'needling-sensation',
    member: 'sensations',
    about: { sensations: 'sensation-felt' },
  },
  {
    part: 'familiar',
    code: 'pain-reproduced',
    member: 'painReproduced.answer',
    beside: { refersTo: 'refers-to' },
  },
  {
    part: 'needling',
    code: 'pain-needling',
    member: 'painOfNeedling.value',
    about: { scale: 'pain-scale' },
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

/** The responses of every needled site. */
export function needlingResponseDrafts(context: Context): ObservationDraft[] {
  const { session } = context.record;
  const during = session?.startAt === undefined ? {} : { effective: session.startAt };
  return (session?.sites ?? []).flatMap((site) => {
    const shared: SharedParts = {
      key: site.key,
      names: namesOf(context.record),
      profile: 'ims-needling-response',
      category: 'procedure',
      place: site,
      partOf: procedureReference(context),
      components: [component('site-number', { valueString: site.key })],
      ...during,
    };
    return [...draftsOf(RESPONSES, site, shared), ...retestSigns(context, site, shared)];
  });
}

/** N19: the same two signs before and after; what came after is compared with what was before. */
function retestSigns(context: Context, site: NeedledSite, shared: SharedParts): ObservationDraft[] {
  const at = (moment: 'before' | 'after'): SharedParts => ({
    ...shared,
    qualifier: `, ${lowerFirst(renderCode(moment))}`,
    components: [...(shared.components ?? []), coded('moment', moment)],
  });
  // Nobody retested: that says nothing of what was found before.
  const before = site.retest === undefined ? [] : draftsOf(BEFORE, site, at('before'));
  const after = draftsOf(AFTER, site, at('after'));
  const isNamed = site.retest?.baseline !== undefined;
  return [
    ...before.map(({ baseline: _, ...sign }) => sign),
    ...after.map((sign) => (isNamed ? sign : baselineWithin(context, sign, before))),
  ];
}
