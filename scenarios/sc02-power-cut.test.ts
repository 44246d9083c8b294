import { powerCut } from "./sc02-power-cut.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(powerCut);
