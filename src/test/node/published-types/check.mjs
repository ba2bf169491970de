// Prints, for each object of a JSON array on standard input whose type is published here, whether it is valid.
import { readFileSync } from "node:fs";
import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { TriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";

const types = { ExternalSecret, ScaledObject, TriggerAuthentication };

for (const object of JSON.parse(readFileSync(0, "utf8"))) {
  const type = types[object.kind];
  if (type) {
    console.log(`${object.kind} ${object.metadata.name}: ${problem(new type(object)) ?? "ok"}`);
  }
}

function problem(object) {
  try {
    object.validate();
    return null;
  } catch (e) {
    return e.message;
  }
}
