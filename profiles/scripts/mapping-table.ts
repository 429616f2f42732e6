// The mapping as a table, read off the one definition: every row of the data dictionary with its
// place in the record and in FHIR. What the README prints and what a test holds complete.
import type { Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import { record } from '../../src/ims/schema/record.ts';
import { assessmentForm, type Form, screeningForm } from '../../src/mapping/codec/forms.ts';
import { ELEMENT_PATHS, MEMBER_PATHS } from './element-paths.ts';

/** One member that stands for a row of the dictionary. */
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
    walk(member, { path: name, top: name, rows });
  }
  return rows.sort((a, b) => (a.id + a.recordPath < b.id + b.recordPath ? -1 : 1));
}

interface Place {
  readonly path: string;
  readonly top: string;
  readonly rows: TableRow[];
}

function walk(member: Member, { path, top, rows }: Place): void {
  const { id, label, also = {} } = member;
  const meanings = id === undefined ? also : { [id]: label, ...also };
  for (const [row, meaning] of Object.entries(meanings)) {
    const fhirPath = fhirPathOf(path, top);
    rows.push({ id: row, label: meaning, recordPath: path, fhirPath, ...heldBy(member) });
  }
  for (const [name, inner] of Object.entries(membersIn(member))) {
    walk(inner, { path: `${path}.${name}`, top, rows });
  }
}

/** What codes and units are drawn from, the member's own and those of all it holds. */
function heldBy(member: Member): Pick<TableRow, 'valueSets' | 'units'> {
  const leaves = leavesOf(member);
  return {
    valueSets: setOf(leaves.flatMap((leaf) => ('set' in leaf ? [leaf.set.name] : []))),
    units: setOf(
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

function setOf(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function membersIn(member: Member): Members {
  if (member.kind === 'group') return member.members;
  return member.kind === 'list' ? member.of.members : {};
}

function fhirPathOf(path: string, top: string): string {
  const byHand = (MEMBER_PATHS as Record<string, Record<string, string>>)[top];
  const [, name, ...rest] = path.split('.');
  if (byHand !== undefined && name !== undefined) {
    const parts = rest.map((part) => `.extension(${part})`);
    return `${byHand[name]}${parts.join('')}`;
  }
  const form = [assessmentForm, screeningForm].find(
    (one) => one.section === top || top in one.beside,
  );
  if (form === undefined) return ELEMENT_PATHS[top as keyof typeof ELEMENT_PATHS];
  return path === form.section ? form.id : itemPath(form, path);
}

function itemPath(form: Form, path: string): string {
  const linkId = path.startsWith(`${form.section}.`) ? path.slice(form.section.length + 1) : path;
  return `QuestionnaireResponse(${form.id}).item(${linkId})`;
}
