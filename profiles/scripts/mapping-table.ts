// The mapping as a table, derived from the record's schema: every row of the data dictionary with its
// path in the record and in FHIR. It is printed in the README; a test checks that no row is missing.
import type { Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import { record } from '../../src/ims/schema/record.ts';
import { assessmentForm, type Form, screeningForm } from '../../src/mapping/codec/forms.ts';
import { ELEMENT_PATHS, MEMBER_PATHS } from './element-paths.ts';

/** A row of the dictionary and the member of the record that represents it. */
export interface TableRow {
  readonly id: string;
  readonly label: string;
  readonly recordPath: string;
  readonly fhirPath: string;
  /** Names of the value sets that its codes come from. */
  readonly valueSets: readonly string[];
  /** UCUM units of its numbers. */
  readonly units: readonly string[];
}

/** Every member with a dictionary id, in the order of the ids. */
export function mappingRows(): TableRow[] {
  const rows: TableRow[] = [];
  for (const [name, member] of Object.entries(record.members)) {
    collectRows(member, { path: name, top: name, rows });
  }
  return rows.sort((a, b) => (a.id + a.recordPath < b.id + b.recordPath ? -1 : 1));
}

interface Location {
  readonly path: string;
  /** The top-level member that contains it. */
  readonly top: string;
  readonly rows: TableRow[];
}

function collectRows(member: Member, { path, top, rows }: Location): void {
  const { id, label, also = {} } = member;
  const labelsById = id === undefined ? also : { [id]: label, ...also };
  for (const [rowId, rowLabel] of Object.entries(labelsById)) {
    const fhirPath = fhirPathOf(path, top);
    rows.push({ id: rowId, label: rowLabel, recordPath: path, fhirPath, ...setsAndUnits(member) });
  }
  for (const [name, inner] of Object.entries(membersIn(member))) {
    collectRows(inner, { path: `${path}.${name}`, top, rows });
  }
}

/** The value sets and units of a member and everything in it. */
function setsAndUnits(member: Member): Pick<TableRow, 'valueSets' | 'units'> {
  const leaves = leavesOf(member);
  return {
    valueSets: sortedSet(leaves.flatMap((leaf) => ('set' in leaf ? [leaf.set.name] : []))),
    units: sortedSet(
      leaves.flatMap((leaf) => {
        if (leaf.kind === 'unit') return [...leaf.units];
        return leaf.kind === 'number' && leaf.unit !== undefined ? [leaf.unit] : [];
      }),
    ),
  };
}

function leavesOf(member: Member): Leaf[] {
  if (member.kind !== 'group' && member.kind !== 'list') return [member];
  return Object.values(membersIn(member)).flatMap(leavesOf);
}

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function membersIn(member: Member): Members {
  if (member.kind === 'group') return member.members;
  return member.kind === 'list' ? member.of.members : {};
}

function fhirPathOf(path: string, top: string): string {
  const memberPaths = (MEMBER_PATHS as Record<string, Record<string, string>>)[top];
  const [, name, ...rest] = path.split('.');
  if (memberPaths !== undefined && name !== undefined) {
    const nested = rest.map((step) => `.extension(${step})`);
    return `${memberPaths[name]}${nested.join('')}`;
  }
  const form = [assessmentForm, screeningForm].find(
    ({ section, otherMembers }) => section === top || top in otherMembers,
  );
  if (form === undefined) return ELEMENT_PATHS[top as keyof typeof ELEMENT_PATHS];
  return path === form.section ? form.id : itemPath(form, path);
}

function itemPath(form: Form, path: string): string {
  const linkId = path.startsWith(`${form.section}.`) ? path.slice(form.section.length + 1) : path;
  return `QuestionnaireResponse(${form.id}).item(${linkId})`;
}
