/** What models take of the space that they may take, as bars. */
import type { ModelSizes } from "@voltlift/bridge/models";
import { Label, Meter } from "react-aria-components";
import { MODELS_TEXTS } from "../texts/models.ts";

export function SpaceSection({ sizes }: { sizes: ModelSizes }) {
  return (
    <section className="card stack-small" aria-labelledby="models-space">
      <h2 id="models-space" className="heading">
        {MODELS_TEXTS.space}
      </h2>
      <Budget label={MODELS_TEXTS.active} bytes={sizes.active} budget={sizes.activeBudget} />
      <Budget label={MODELS_TEXTS.stored} bytes={sizes.stored} budget={sizes.storedBudget} />
    </section>
  );
}

function Budget({ label, bytes, budget }: { label: string; bytes: number; budget: number }) {
  const text = MODELS_TEXTS.ofBudget(bytes, budget);
  const share = Math.min(bytes / budget, 1);
  return (
    <Meter className="progress" value={100 * share} valueLabel={text}>
      <div className="spread">
        <Label>{label}</Label>
        <span className="muted number">{text}</span>
      </div>
      <div className="progress-track">
        <div className="progress-fill" style={{ width: `${100 * share}%` }} />
      </div>
    </Meter>
  );
}
