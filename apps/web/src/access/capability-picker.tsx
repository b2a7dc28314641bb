import type { Capability } from '@signalbox/domain/access/capabilities';
import { capabilitiesIn, capabilityAreas, capabilityWords } from '@signalbox/domain/access/capability-words';
import { useId } from 'react';
import { keyPresets, sameChoice } from './key-model.ts';

interface CapabilityPickerProps {
  /** What the person may give, which is what they hold. */
  mine: readonly Capability[];
  chosen: readonly Capability[];
  onChange: (chosen: readonly Capability[]) => void;
  fault?: string | null;
}

/** Capabilities by area, with a short way to the usual choices. */
export function CapabilityPicker({ mine, chosen, onChange, fault = null }: CapabilityPickerProps) {
  const id = useId();
  const toggle = (one: Capability) =>
    onChange(chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one]);
  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={fault === null ? undefined : `${id}-fault`}>
      <legend className="mb-1.5 flex w-full items-baseline gap-2 text-sm font-medium">
        What it may do
        <span aria-live="polite" className="text-xs font-normal text-faint">
          {chosen.length} of {mine.length} chosen
        </span>
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {keyPresets.map(({ label, pick }) => {
          const choice = pick(mine);
          return (
            <button
              key={label}
              type="button"
              aria-pressed={sameChoice(choice, chosen)}
              className="inline-flex min-h-7 items-center rounded-md border border-line-strong px-2.5 text-sm text-muted hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-ink"
              onClick={() => onChange(choice)}
            >
              {label}
            </button>
          );
        })}
      </div>
      <div className="max-h-64 overflow-y-auto rounded-md border border-line py-1">
        {capabilityAreas.map((area) => {
          const offered = capabilitiesIn(area).filter((each) => mine.includes(each));
          if (offered.length === 0) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset within the fieldset would be announced twice
            <div key={area} role="group" aria-labelledby={`${id}-${area}`}>
              <div id={`${id}-${area}`} className="eyebrow px-3 pt-2 pb-1">
                {area}
              </div>
              {offered.map((each) => (
                <label
                  key={each}
                  htmlFor={`${id}-${each}`}
                  className="flex min-h-8 items-center gap-2.5 px-3 py-1 text-sm hover:bg-hover"
                >
                  <input
                    id={`${id}-${each}`}
                    type="checkbox"
                    className="size-4 shrink-0 accent-accent"
                    checked={chosen.includes(each)}
                    onChange={() => toggle(each)}
                  />
                  <span className="min-w-0">
                    <span className="block first-letter:uppercase">{capabilityWords[each].label}</span>
                    <code className="block font-mono text-2xs break-all text-faint">{each}</code>
                  </span>
                </label>
              ))}
            </div>
          );
        })}
      </div>
      {fault !== null && (
        <p id={`${id}-fault`} className="text-sm font-medium text-stop">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
