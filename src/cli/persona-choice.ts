import type { Persona } from '../emulator/persona.ts';
import { loadPersona } from '../emulator/persona.ts';
import { PersonaFault } from '../emulator/persona-fault.ts';
import { Complaint } from './exit.ts';

/** A persona by name or path, or a complaint that says which there are. */
export function choosePersona(name?: string): Persona {
  try {
    return loadPersona(name);
  } catch (error) {
    throw asComplaint(error);
  }
}

/** A fault of a persona as the command line tells it; anything else as it is. */
export function asComplaint(error: unknown): unknown {
  return error instanceof PersonaFault ? new Complaint(error.message, error.remedy) : error;
}
