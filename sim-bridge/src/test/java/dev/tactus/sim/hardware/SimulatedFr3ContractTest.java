package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.HardwareContractTest;

class SimulatedFr3ContractTest extends HardwareContractTest {
    @Override
    protected Rig open() {
        return new SimulatedRig("franka_fr3");
    }
}
