import { quietTuesday } from "./quiet-tuesday.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(quietTuesday);
