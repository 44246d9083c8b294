import { floods } from "./sc11-flood.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(floods);
