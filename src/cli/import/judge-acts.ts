import type { CrsDetector } from '../../crs/detector.ts';
import type { PastRecorder } from '../../model/recorder.ts';

/** A recorder that passes on to another one, and counts the requests on which rules of paranoia level 1 hold, by class. */
export function judgingRecorder(
  to: PastRecorder,
  crs: CrsDetector | undefined,
): { readonly recorder: PastRecorder; readonly classes: Map<string, number> } {
  const classes = new Map<string, number>();
  if (crs === undefined) return { recorder: to, classes };
  let sessions = 0;
  const recorder: PastRecorder = {
    openPast: (origin) => {
      const past = to.openPast(origin);
      sessions += 1;
      // A dry run gives its sessions no names.
      const session = past.session === '' ? `import-${sessions}` : past.session;
      return {
        session: past.session,
        emit: (act, time) => {
          past.emit(act, time);
          const { detections } = crs.observe({ ...origin, id: session, time, session, act });
          const held = detections
            .filter(({ paranoia }) => paranoia === 1)
            .map((detection) => detection.class);
          for (const one of new Set(held)) classes.set(one, (classes.get(one) ?? 0) + 1);
        },
      };
    },
    get saturated() {
      return to.saturated;
    },
    drained: () => to.drained(),
  };
  return { recorder, classes };
}

/** One line for people; empty when no rule held. */
export function classesText(classes: Readonly<Record<string, number>> = {}): string {
  if (Object.keys(classes).length === 0) return '';
  const counts = Object.entries(classes)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`);
  return `  requests on which the Core Rule Set holds: ${counts.join(', ')}\n`;
}
