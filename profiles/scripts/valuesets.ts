// Generates the value sets: one for each code set of the record, with the codings that the mapping
// writes.
import type { ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import { type CodeSet, codeSet } from '../../src/ims/codes/code-set.ts';
import { answers } from '../../src/ims/codes/general.ts';
import {
  absentReasons,
  informationSources,
  type Member,
  type Members,
} from '../../src/ims/schema/members.ts';
import { session } from '../../src/ims/schema/session.ts';
import { forms } from '../../src/mapping/codec/forms.ts';
import { ENVELOPE_MEMBERS } from '../../src/mapping/context.ts';
import { EXTENSION_MEMBERS } from '../../src/mapping/resources/procedure.ts';
import { answerCoding } from '../../src/terminology/answers.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';
import toSnomed from '../fsh-generated/resources/ConceptMap-ims-to-snomed.json' with {
  type: 'json',
};
import { SCREENING_QUESTIONS } from './extraction.ts';
import { valueSetUrl } from './questionnaire.ts';

/** The codes of screening Observations. */
const screeningQuestions = codeSet(
  'screening-question',
  'Question of the contraindication screening',
  SCREENING_QUESTIONS.map(({ code }) => code),
);

/** Every code set that the mapping writes as codings of the IMS system. */
export function setsInUse(): readonly CodeSet[] {
  const { technique } = session.members;
  const mappedMembers: Members[] = [
    ...forms.map(({ members }) => members),
    EXTENSION_MEMBERS,
    ENVELOPE_MEMBERS,
    { technique },
  ];
  const sets = [
    screeningQuestions,
    absentReasons,
    informationSources,
    ...mappedMembers.flatMap(setsIn),
  ];
  return [...new Map(sets.map((set) => [set.name, set])).values()];
}

function setsIn(members: Members): CodeSet[] {
  return Object.values(members).flatMap(setsOf);
}

function setsOf(member: Member): CodeSet[] {
  if (member.kind === 'group') return setsIn(member.members);
  if (member.kind === 'list') return setsIn(member.of.members);
  return member.kind === 'code' || member.kind === 'codes' ? [member.set] : [];
}

/** Every value set by file name. */
export function valueSets(): Map<string, object> {
  return new Map(setsInUse().map((set) => [`ValueSet-ims-${set.name}.json`, valueSetOf(set)]));
}

function valueSetOf(set: CodeSet): ValueSet {
  const { name, title } = set;
  const isAnswer = name === answers.name;
  return {
    resourceType: 'ValueSet',
    id: `ims-${name}`,
    url: valueSetUrl(set),
    name: `Ims${name.replaceAll(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())}`,
    title,
    status: 'active',
    experimental: false,
    description: `Codes for "${title}" in an IMS record.`,
    ...(isAnswer ? { copyright: toSnomed.copyright } : {}),
    compose: {
      include: isAnswer
        ? answersBySystem()
        : [{ system: IMS_SYSTEM, concept: set.codes.map((code) => ({ code })) }],
    },
  };
}

/** Yes and no are SNOMED CT codes; every other answer is a reason why there is no answer. */
function answersBySystem(): ValueSetComposeInclude[] {
  const groups = Map.groupBy(answers.codes.map(answerCoding), ({ system = '' }) => system);
  return [...groups].map(([system, codings]) => ({
    system,
    concept: codings.map(({ code = '', display = '' }) => ({ code, display })),
  }));
}
