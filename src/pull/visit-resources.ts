// Loads the resources of one visit from a target and maps them to a record. Only resources written by this
// adapter are read.
import type { Encounter, Resource, ResourceType } from '@medplum/fhirtypes';
import { errorIssue, type Issue } from '../errors.ts';
import { parseReference } from '../fhir/reference.ts';
import { fromFhir, type ReadVisit } from '../mapping/from-fhir.ts';
import { parseIdentifier } from '../mapping/identity.ts';
import { ownIdentifier } from '../mapping/resource-index.ts';
import { namedPractitioners } from '../mapping/resources/encounter.ts';
import type { Remote } from '../remote/remote.ts';
import type { SearchParams } from '../remote/search.ts';

/** Code of the issues that say why content of a visit may be missing. */
export const INCOMPLETE = 'incomplete';

/** Issue types by which a server says that it withholds resources. */
const WITHHOLDING: ReadonlySet<string> = new Set(['incomplete', 'suppressed', 'too-costly']);

/** Collects why content may be missing from what is read, as issues `incomplete`. */
export class MissingContent {
  readonly issues: Issue[] = [];

  add(path: string, message: string): void {
    this.issues.push(errorIssue(INCOMPLETE, path, message));
  }

  /** Adds what a server says about the answer to a search, unless it is only informative. */
  readonly report = (outcome: readonly Issue[]): void => {
    for (const { severity, code, message } of outcome) {
      if (severity !== 'information' || WITHHOLDING.has(code)) this.add('', message);
    }
  };
}

/** Types that contain parts of a visit and are searched by its Encounter. */
const PARTS_OF_VISIT = [
  'QuestionnaireResponse',
  'Procedure',
  'Observation',
  'DocumentReference',
] as const;

/** Types of the resources that a visit is read from, except people and organizations. */
export const PULLED_TYPES: ReadonlySet<string> = new Set(['Encounter', ...PARTS_OF_VISIT]);

/** Loads all resources of one visit and maps them. */
export async function readVisit(
  remote: Remote,
  encounter: Encounter,
): Promise<ReadVisit | undefined> {
  const missing = new MissingContent();
  const parts = await partsOf(remote, encounter, missing);
  const people = await peopleOf(remote, encounter, missing);
  const { visits } = fromFhir([encounter, ...parts, ...people].map((resource) => ({ resource })));
  const prefix = visitPrefixOf(encounter);
  const visit = visits.find((read) => read.resources.some((one) => visitPrefixOf(one) === prefix));
  return visit && { ...visit, issues: [...visit.issues, ...missing.issues] };
}

/** The resources that the server returns for the Encounter; of one that is returned twice, the newest. */
async function partsOf(
  remote: Remote,
  encounter: Encounter,
  missing: MissingContent,
): Promise<Resource[]> {
  const byEncounter: SearchParams = [['encounter', `Encounter/${encounter.id}`]];
  const parts = new Map<string, Resource>();
  for (const type of PARTS_OF_VISIT) {
    for await (const resource of remote.search(type, byEncounter, missing.report)) {
      const key = `${type}/${resource.id}`;
      parts.set(key, newer<Resource>(parts.get(key), resource));
    }
  }
  return [...parts.values()];
}

async function peopleOf(
  remote: Remote,
  encounter: Encounter,
  missing: MissingContent,
): Promise<Resource[]> {
  const references = [
    encounter.subject,
    encounter.serviceProvider,
    ...(encounter.participant ?? []).map(({ individual }) => individual),
    ...namedPractitioners(encounter),
  ];
  const people: Resource[] = [];
  for (const reference of references) {
    const url = reference?.reference;
    const key = remote.typeAndIdOf(url);
    if (key === undefined && parseReference(url ?? '').kind === 'absolute') {
      missing.add('Encounter', 'a reference to another server was not followed');
    }
    const resource = key && (await remote.read(key.type as ResourceType, key.id));
    if (resource !== undefined) people.push(resource);
  }
  return people;
}

function visitPrefixOf(resource: Resource): string | undefined {
  return parseIdentifier(ownIdentifier(resource))?.scope.prefix;
}

/** The newer of two versions of a resource; `b` where the server gives no versions. */
export function newer<T extends Resource>(a: T | undefined, b: T): T {
  const changed = (resource: T | undefined) => Date.parse(resource?.meta?.lastUpdated ?? '');
  return a !== undefined && changed(a) > changed(b) ? a : b;
}
